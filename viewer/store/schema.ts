import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { addCarries } from './attributes.ts'
import { Database } from './database.ts'

/** Told apart from other files by SQLite's application id ("THRU"), from those of another viewer by the version. */
const applicationId = 0x54485255
const version = 4

/**
 * Traces are numbered as they arrive (`seq`): the latest are read first without a sort and the oldest
 * leave as one range. `spans` holds what searches look at, in rows small enough to scan, `copy` tells spans of one id
 * apart; `span_json` is the whole span. Origins and operations name the latest trace or log record that has them, and go
 * with it. Times are nanoseconds since 1970 as 20 digits, which compare as text; a duration is a real number, since that
 * of a span without a start is too long for an integer of JavaScript.
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
    id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE, trace INTEGER NOT NULL, log INTEGER NOT NULL);
  CREATE INDEX origins_in_use ON origins (trace, log);
  CREATE TABLE operations (
    service TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, trace INTEGER NOT NULL,
    PRIMARY KEY (service, name, kind)) WITHOUT ROWID;
  CREATE INDEX operations_of_trace ON operations (trace);
  CREATE TABLE links (
    trace INTEGER NOT NULL, span_id TEXT NOT NULL, to_trace TEXT NOT NULL, to_span TEXT NOT NULL,
    PRIMARY KEY (to_trace, to_span, trace, span_id)) WITHOUT ROWID;
  CREATE INDEX links_of_trace ON links (trace, to_trace);
  CREATE INDEX links_to_trace ON links (to_trace, trace);
  CREATE TABLE spans (
    trace INTEGER NOT NULL, span_id TEXT NOT NULL, copy INTEGER NOT NULL, parent TEXT, id INTEGER NOT NULL,
    origin INTEGER NOT NULL, service TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, start TEXT NOT NULL,
    duration REAL NOT NULL, status INTEGER NOT NULL, PRIMARY KEY (trace, span_id, copy)) WITHOUT ROWID;
  CREATE TABLE correlations (
    correlation_id TEXT NOT NULL, trace INTEGER NOT NULL, PRIMARY KEY (correlation_id, trace)) WITHOUT ROWID;
  CREATE INDEX correlations_of_trace ON correlations (trace);
`

/** Opens `file` (`:memory:` for none), making its tables; throws an Error that says what is wrong with it. */
export function openDatabase(file: string): Database {
  const db = new Database(file, { open: false })
  try {
    db.open()
    // One viewer at a time: counts and what was read of origins are held in memory beside the file.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 4294967296',
    )
    db.exec('BEGIN IMMEDIATE')
    const [owner, had] = [db.number('PRAGMA application_id'), db.number('PRAGMA user_version')]
    if (owner === 0 && had === 0 && db.number('SELECT count(*) FROM sqlite_schema') === 0)
      db.exec(
        `${tables} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`,
      )
    else if (owner !== applicationId) throw new Error('it is another program’s database')
    else if (had !== version) throw new Error(`it has version ${had}, not ${version}`)
    db.exec('COMMIT')
    addCarries(db)
    return db
  } catch (error) {
    if (db.isOpen) db.close()
    throw new Error(
      `cannot use ${file}: ${reasonOf(error)}; give --db a new file or one of the viewer’s own`,
      { cause: error },
    )
  }
}
