import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

/** The number that a statement asks for; 0 where there is none. */
export const numberOf = (statement: StatementSync, ...values: SQLInputValue[]) =>
  Number(Object.values(statement.get(...values) ?? {})[0] ?? 0)

/** What the store writes and reads, prepared once; searches build their own. */
export const statements = (db: DatabaseSync) => ({
  findTrace: db.prepare('SELECT seq FROM traces WHERE trace_id = ?'),
  addTrace: db.prepare(
    `INSERT INTO traces (trace_id, start, end, spans, errors) VALUES (?, ?, ?, 0, 0)
     RETURNING seq`,
  ),
  addSpan: db.prepare('INSERT OR IGNORE INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  addCorrelation: db.prepare('INSERT OR IGNORE INTO correlations VALUES (?, ?)'),
  addJson: db.prepare('INSERT INTO span_json VALUES (?, ?)'),
  growTrace: db.prepare(
    `UPDATE traces SET spans = spans + ?, errors = errors + ?, start = min(start, ?),
       end = max(end, ?), root_service = coalesce(root_service, ?),
       root_name = coalesce(root_name, ?), correlation_id = coalesce(correlation_id, ?)
     WHERE seq = ?`,
  ),
  addLog: db.prepare('INSERT INTO logs (trace_id, time, origin, json) VALUES (?, ?, ?, ?)'),
  dropLogs: db.prepare('DELETE FROM logs WHERE id <= (SELECT max(id) FROM logs) - ?'),
  spansOf: db.prepare(
    `SELECT s.origin, j.json FROM traces t JOIN spans s ON s.trace = t.seq
       JOIN span_json j ON j.id = s.id
     WHERE t.trace_id = ? ORDER BY s.start, s.span_id`,
  ),
  spansWithId: db.prepare(
    `SELECT s.origin, j.json FROM traces t JOIN spans s ON s.trace = t.seq
       JOIN span_json j ON j.id = s.id
     WHERE t.trace_id = ? AND s.span_id = ? ORDER BY s.copy`,
  ),
  logsOf: db.prepare('SELECT id, origin, json FROM logs WHERE trace_id = ? ORDER BY time, id'),
  oldest: db.prepare('SELECT seq, spans FROM traces ORDER BY seq'),
  dropUpTo: [
    db.prepare('DELETE FROM logs WHERE trace_id IN (SELECT trace_id FROM traces WHERE seq <= ?)'),
    db.prepare('DELETE FROM span_json WHERE id IN (SELECT id FROM spans WHERE trace <= ?)'),
    db.prepare('DELETE FROM spans WHERE trace <= ?'),
    db.prepare('DELETE FROM correlations WHERE trace <= ?'),
    db.prepare('DELETE FROM traces WHERE seq <= ?'),
  ],
})
