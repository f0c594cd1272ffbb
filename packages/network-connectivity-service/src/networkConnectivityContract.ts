import {
  defineContract,
  noInput,
  read,
  type ServiceOf,
  type Session,
  session,
  tokenOf,
  write,
} from '@gradvis/base-service'
import { z } from 'zod'

import { BackendCheck } from './BackendCheck.ts'
import { Diagnosis } from './Diagnosis.ts'
import { NetworkListenerSchema } from './NetworkChange.ts'
import { NetworkStatus } from './NetworkStatus.ts'

const done = z.strictObject({ monitoring: z.boolean() })

/** Two honest sides differ in when they looked and how long it took. */
const TIMES = { ignorePaths: ['checkedAt', 'endpoints.*.durationMs', 'endpoints.*.steps.*.durationMs'] }

export const networkConnectivityContract = defineContract('NetworkConnectivityService', {
  getStatus: read({
    summary:
      'What is known now, from memory: whether link, internet and backend are reachable, since when, and why not.',
    input: noInput,
    output: NetworkStatus,
    shadow: { ignorePaths: ['checkedAt', '*.since'] },
  }),
  isOnline: read({
    summary:
      'The best knowledge in one word, from memory: that of the backend, else of the internet, else of the link.',
    input: noInput,
    output: z.boolean(),
  }),
  checkBackend: read({
    summary: 'Probes every configured endpoint now; callers at the same time share one round. Feeds the status.',
    input: noInput,
    output: BackendCheck,
    shadow: TIMES,
  }),
  subscribe: session({
    summary:
      'Calls the listener with how things stand as soon as that is known, then at every change, until it is closed. Changes are seen by monitoring and by checkBackend.',
    input: z.strictObject({ listener: NetworkListenerSchema }),
    output: z.custom<Session>(),
    handover: 'resubscribe',
  }),
  startMonitoring: write({
    summary: 'Probes now and then regularly, until it is stopped.',
    input: noInput,
    output: done,
    idempotent: true,
  }),
  stopMonitoring: write({
    summary: 'Ends monitoring. The status stays as it was last known.',
    input: noInput,
    output: done,
    idempotent: true,
  }),
  diagnose: read({
    summary: 'Finds the first broken layer from interface to backend, with what to do about it, within the deadline.',
    input: noInput,
    output: Diagnosis,
    shadow: { ignorePaths: [...TIMES.ignorePaths, 'startedAt', 'durationMs', 'layers.*.durationMs'] },
  }),
})

export type NetworkConnectivityService = ServiceOf<typeof networkConnectivityContract>
export const NetworkConnectivityService = tokenOf(networkConnectivityContract)
