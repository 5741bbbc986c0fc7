import type { Results } from './results.ts'

export function chart(_results: Results): string {
  return ''
}
