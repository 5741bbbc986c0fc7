// Every lesson in its order, each under what it is about.
const LESSONS = {
  'A listener, which runs in the context of whoever emits': '../pitfalls.ts',
  'An abort listener, which runs in that of whoever aborts': './abort-listener.ts',
  'A batch, which runs in that of whoever came first': './batch.ts',
  'A pool, which calls from that of whoever was before': './pool.ts',
  'A slow stream, which writes in that of the chunk before': './slow-stream.ts',
  'An async generator, whose body runs in that of whoever asks': './async-generator.ts',
  'A worker thread, which has none': './worker.ts',
  'A forked process, which has none': './fork.ts',
}

for (const [title, lesson] of Object.entries(LESSONS)) {
  console.log(title)
  await import(lesson)
  console.log()
}
