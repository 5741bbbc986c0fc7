/** Where `/proxy` calls; throws where whoever started the server did not say. */
export function downstreamUrl(): string {
  const { DOWNSTREAM_URL } = process.env
  if (DOWNSTREAM_URL === undefined)
    throw new Error('DOWNSTREAM_URL is not set: start it by `npm run bench`')
  return DOWNSTREAM_URL
}
