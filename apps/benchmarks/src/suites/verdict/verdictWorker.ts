import { parentPort } from 'node:worker_threads'

import { type Job, runJob } from './runJob.ts'

/** Answers each job with its result, one after the other. */
parentPort?.on('message', (job: Job) => parentPort?.postMessage(runJob(job), []))
