import { DatabaseSync } from 'node:sqlite'

/** Makes the viewer's file one as version 2 had written it, or version 1, which had no links. */
export function makeOld(file: string, version: 1 | 2): void {
  const db = new DatabaseSync(file)
  db.exec(`
    ALTER TABLE traces ADD COLUMN bucket INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE buckets (bucket INTEGER PRIMARY KEY, filter BLOB NOT NULL);
    CREATE INDEX traces_of_bucket ON traces (bucket);
    ALTER TABLE spans RENAME TO new_spans;
    CREATE TABLE spans (
      trace INTEGER NOT NULL, span_id TEXT NOT NULL, parent TEXT, id INTEGER NOT NULL, origin INTEGER NOT NULL,
      service TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, start TEXT NOT NULL,
      duration INTEGER NOT NULL, status INTEGER NOT NULL, PRIMARY KEY (trace, span_id)) WITHOUT ROWID;
    INSERT INTO spans SELECT trace, span_id, parent, id, origin, service, name, kind, start, duration, status
      FROM new_spans;
    DROP TABLE new_spans;
    DROP TABLE correlations;
    PRAGMA user_version = ${version}`)
  if (version === 1) db.exec('DROP TABLE links')
  else db.exec('CREATE INDEX traces_of_correlation ON traces (correlation_id, start)')
  db.close()
}
