import { DatabaseSync } from 'node:sqlite'

/** Told apart from other files by SQLite's application id ("THRU"), from older ones by the version. */
const applicationId = 0x54485255
const version = 3

/** More links are shown on their span, but not indexed; the SDK's own limit is 128 to a span. */
export const MOST_LINKS = { ofASpan: 128, ofATrace: 1000 }

/**
 * Traces are numbered as they arrive (`seq`): the latest are read first without a sort and the oldest
 * leave as one range. `spans` holds what searches look at, in rows small enough to scan, `copy` tells spans of one id
 * apart; `span_json` is the whole span. Times are nanoseconds since 1970 as 20 digits, which compare as text.
 */
const tables = `
  CREATE TABLE traces (
    seq INTEGER PRIMARY KEY, trace_id TEXT NOT NULL UNIQUE,
    start TEXT NOT NULL, end TEXT NOT NULL, spans INTEGER NOT NULL, errors INTEGER NOT NULL,
    root_service TEXT, root_name TEXT, correlation_id TEXT);
  CREATE TABLE span_json (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE logs (
    id INTEGER PRIMARY KEY, trace_id TEXT, time TEXT NOT NULL, origin INTEGER NOT NULL,
    json TEXT NOT NULL);
  CREATE INDEX logs_of_trace ON logs (trace_id);
  CREATE TABLE origins (
    id INTEGER PRIMARY KEY, signal TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (signal, json));
`

/** What version 2 has more: the links of spans, findable from both ends. */
const linkTables = `
  CREATE TABLE links (
    trace INTEGER NOT NULL, span_id TEXT NOT NULL, to_trace TEXT NOT NULL, to_span TEXT NOT NULL,
    PRIMARY KEY (to_trace, to_span, trace, span_id)) WITHOUT ROWID;
  CREATE INDEX links_of_trace ON links (trace, to_trace);
  CREATE INDEX links_to_trace ON links (to_trace, trace);
`

/** What version 3 has more: any number of spans of one id, and traces by each correlation id in them. */
const spanTables = `
  CREATE TABLE spans (
    trace INTEGER NOT NULL, span_id TEXT NOT NULL, copy INTEGER NOT NULL, parent TEXT, id INTEGER NOT NULL,
    origin INTEGER NOT NULL, service TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, start TEXT NOT NULL,
    duration INTEGER NOT NULL, status INTEGER NOT NULL, PRIMARY KEY (trace, span_id, copy)) WITHOUT ROWID;
  CREATE TABLE correlations (
    correlation_id TEXT NOT NULL, trace INTEGER NOT NULL, PRIMARY KEY (correlation_id, trace)) WITHOUT ROWID;
  CREATE INDEX correlations_of_trace ON correlations (trace);
`

/** Fills version 2's tables from the spans that version 1 has kept. */
const oldLinks = `
  INSERT OR IGNORE INTO links
    SELECT trace, span_id, to_trace, to_span FROM (
      SELECT s.trace, s.span_id, link.value ->> 'traceId' AS to_trace,
        link.value ->> 'spanId' AS to_span, row_number() OVER (PARTITION BY s.trace) AS nth
      FROM spans s JOIN span_json j ON j.id = s.id, json_each(j.json, '$.links') link
      WHERE link.key < ${MOST_LINKS.ofASpan})
    WHERE nth <= ${MOST_LINKS.ofATrace};
`

/** Fills version 3's tables from what version 2 has kept, and drops what it had more. */
const oldSpans = `
  ALTER TABLE spans RENAME TO old_spans;
  ${spanTables}
  INSERT INTO spans SELECT trace, span_id, 0, parent, id, origin, service, name, kind, start, duration, status
    FROM old_spans;
  DROP TABLE old_spans;
  INSERT OR IGNORE INTO correlations
    SELECT value ->> '$.value.stringValue' AS id, trace FROM (
      SELECT s.trace, a.value FROM spans s JOIN span_json j ON j.id = s.id, json_each(j.json, '$.attributes') a
      UNION ALL
      SELECT s.trace, a.value FROM spans s JOIN span_json j ON j.id = s.id, json_each(j.json, '$.events') e,
        json_each(e.value, '$.attributes') a)
    WHERE value ->> 'key' = 'correlation.id' AND id IS NOT NULL;
  DROP INDEX IF EXISTS traces_of_correlation;
  DROP INDEX traces_of_bucket;
  ALTER TABLE traces DROP COLUMN bucket;
  DROP TABLE buckets;
`

/** What brings a file of the viewer's from an older version up to this one; undefined where nothing does. */
const migrations = new Map([
  [1, `${linkTables} ${oldLinks} ${oldSpans}`],
  [2, oldSpans],
])

/** Opens `file` (`:memory:` for none), making its tables; throws an Error that says what is wrong with it. */
export function openDatabase(file: string): DatabaseSync {
  const db = open(file)
  try {
    // One viewer at a time: counts and origins are held in memory beside the file.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 4294967296',
    )
    db.exec('BEGIN IMMEDIATE')
    const [owner, had] = [pragma(db, 'application_id'), pragma(db, 'user_version')]
    if (owner === 0 && had === 0 && isEmpty(db))
      db.exec(
        `${tables} ${linkTables} ${spanTables} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`,
      )
    else if (owner !== applicationId) throw new Error('it is another program’s database')
    else if (had !== version) migrate(db, Number(had))
    db.exec('COMMIT')
    return db
  } catch (error) {
    db.close()
    throw unusable(file, error)
  }
}

function migrate(db: DatabaseSync, had: number): void {
  const migration = migrations.get(had)
  if (!migration) throw new Error(`it has version ${had}, not ${version}`)
  db.exec(`${migration} PRAGMA user_version = ${version}`)
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file)
  } catch (error) {
    throw unusable(file, error)
  }
}

const pragma = (db: DatabaseSync, name: string) =>
  Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
const isEmpty = (db: DatabaseSync) => db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined

function unusable(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  return new Error(
    `cannot use ${file}: ${reason}; give --db a new file or one of the viewer’s own`,
    {
      cause: error,
    },
  )
}
