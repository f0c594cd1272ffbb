import { Worker } from 'node:worker_threads'

import type { Job, Rollbacks } from './runJob.ts'

/** Runs all jobs on as many threads; results come in the order of the jobs. Rejects with the first failure. */
export async function runJobs(
  jobs: readonly Job[],
  { threads, progress }: Readonly<{ threads: number; progress: (done: number) => void }>,
): Promise<readonly Rollbacks[]> {
  const results: Rollbacks[] = []
  const waiting = [...jobs]
  let done = 0
  const workers = Array.from({ length: threads }, () => new Worker(new URL('verdictWorker.ts', import.meta.url)))
  const work = async (worker: Worker) => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      results[job.index] = await ask(worker, job)
      progress(++done)
    }
  }
  try {
    await Promise.all(workers.map(work))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return results
}

function ask(worker: Worker, job: Job): Promise<Rollbacks> {
  const answer = Promise.withResolvers<Rollbacks>()
  worker.once('message', answer.resolve)
  worker.once('error', answer.reject)
  worker.postMessage(job, [])
  return answer.promise.finally(() => {
    worker.off('message', answer.resolve)
    worker.off('error', answer.reject)
  })
}
