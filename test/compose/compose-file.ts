import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const Service = z.looseObject({
  image: z.string(),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), Value).default({}),
  profiles: z.array(z.string()).default([]),
})

export type Variables = Readonly<Record<string, string>>

/** The services of docker-compose.yml, for a caller whose own environment is `variables`. */
export function composeServices(variables: Variables = {}) {
  const text = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')
  const file = parse(
    text.replace(VARIABLE, (_, name, fallback) => variables[name] ?? fallback),
    {
      merge: true,
    },
  )
  const Services = z.object({ app: Service, downstream: Service, jaeger: Service, redis: Service })
  return z.object({ services: Services }).parse(file).services
}

/** `${NAME:-fallback}`, the one form that the file uses. */
const VARIABLE = /\$\{(\w+):-([^}]*)\}/g
