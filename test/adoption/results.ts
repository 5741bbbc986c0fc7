import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { z } from 'zod'

/** Names a folder for the results of a run of many files. */
export const RESULTS_VARIABLE = 'THROUGHLINE_ADOPTION_RESULTS'

const Result = z.object({
  title: z.string(),
  touched: z.object({ added: z.number(), removed: z.number() }),
  commands: z.array(z.string()),
  seconds: z.number(),
})

/** What an adoption took. */
export type Result = z.infer<typeof Result>

/** Says what an adoption took, and keeps it where a run of many files collects that. */
export async function record(t: TestContext, result: Result): Promise<void> {
  t.diagnostic(row(result))
  const folder = process.env[RESULTS_VARIABLE]
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${randomUUID()}.json`), JSON.stringify(result))
}

/** The results in `folder` as a table in Markdown; of those of one title the slowest. */
export async function tableOf(folder: string): Promise<string> {
  const names = await readdir(folder)
  const read = names.map(async (name) =>
    Result.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))),
  )
  const results = (await Promise.all(read)).sort((a, b) => a.seconds - b.seconds)
  const slowest = [...new Map(results.map((each) => [each.title, each])).values()]
  const rows = slowest.sort((a, b) => a.title.localeCompare(b.title)).map(row)
  return ['| app | lines | commands | seconds |', '|---|---|---|---|', ...rows].join('\n')
}

function row({ title, touched, commands, seconds }: Result): string {
  const lines = `+${touched.added} −${touched.removed}`
  const typed = commands.map((command) => `\`${command}\``).join('; ')
  return `| ${title} | ${lines} | ${typed} | ${Math.round(seconds)} |`
}
