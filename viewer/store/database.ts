import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'

type Columns = Record<string, SQLOutputValue>

/** SQLite, asked in SQL that is the program's own: each text is prepared once, and kept. */
export class Database extends DatabaseSync {
  readonly #statements = new Map<string, StatementSync>()

  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  run(sql: string, ...values: SQLInputValue[]) {
    return this.statement(sql).run(...values)
  }

  all(sql: string, ...values: SQLInputValue[]): Columns[] {
    return this.statement(sql).all(...values)
  }

  /** The first column of all rows. */
  column(sql: string, ...values: SQLInputValue[]): (SQLOutputValue | undefined)[] {
    return this.all(sql, ...values).map((row) => Object.values(row)[0])
  }

  /** The number that is asked for; 0 where there is none. */
  number(sql: string, ...values: SQLInputValue[]): number {
    return Number(Object.values(this.statement(sql).get(...values) ?? {})[0] ?? 0)
  }
}

/** Nanoseconds since 1970 as they are stored: 20 digits, which compare as text. */
export const timeText = (nanos: string | bigint): string => String(nanos).padStart(20, '0')
