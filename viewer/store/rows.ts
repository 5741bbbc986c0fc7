import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** The first column of what a statement answers, row by row. */
export const columnOf = (
  statement: StatementSync,
  ...values: SQLInputValue[]
): (SQLOutputValue | undefined)[] => statement.all(...values).map((row) => Object.values(row)[0])

/** The number that a statement asks for; 0 where there is none. */
export const numberOf = (statement: StatementSync, ...values: SQLInputValue[]): number =>
  Number(Object.values(statement.get(...values) ?? {})[0] ?? 0)

/** Nanoseconds since 1970 as they are stored: 20 digits, which compare as text. */
export const timeText = (nanos: string | bigint): string => String(nanos).padStart(20, '0')
