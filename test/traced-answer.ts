/** The id of the trace that an answer of the app names, or nothing where it was not traced. */
export function tracedBy({ headers }: Response): string {
  return headers.get('server-timing')?.split('-')[1] ?? ''
}
