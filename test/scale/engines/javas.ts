import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A java of version 17; rejects where there is none. */
export function java17(): Promise<string> {
  return firstJava(
    async (java) => (await majorOf(java)) === 17,
    'Cassandra 5.0 runs on Java 17: install openjdk-17-jre-headless',
  )
}

/** A java of version 21 or later with its compiler; rejects where there is none. */
export function jdk21(): Promise<string> {
  return firstJava(
    async (java) => existsSync(join(dirname(java), 'javac')) && (await majorOf(java)) >= 21,
    'OpenSearch 3 runs on Java 21 or later, and its launcher needs the compiler: install a JDK',
  )
}

async function firstJava(fits: (java: string) => Promise<boolean>, otherwise: string) {
  const homes = [process.env.JAVA_HOME ?? '', ...globSync('/usr/lib/jvm/*')]
  const javas = homes.map((home) => join(home, 'bin/java')).filter((java) => existsSync(java))
  for (const java of javas) if (await fits(java)) return java
  throw new Error(otherwise)
}

async function majorOf(java: string): Promise<number> {
  const { stderr } = await execute(java, ['-version'])
  const [, major] = /version "(\d+)/.exec(stderr) ?? []
  return Number(major)
}
