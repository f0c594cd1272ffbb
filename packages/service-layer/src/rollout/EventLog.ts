import type { Logger } from '@gradvis/kernel'
import type { Notifier, RolloutEventType, StoredEvent } from '@gradvis/rollout'

/** What somebody should look at. The rest is how a rollout goes. */
const WARNINGS: ReadonlySet<RolloutEventType> = new Set([
  'paused',
  'rolled_back',
  'emergency_stop_set',
  'incident_reported',
  'guardrail_observed',
])

/** Writes every event that this instance has appended to its log. An operator's reason is free text and stays in the store. */
export class EventLog implements Notifier {
  readonly #logger: Logger

  constructor(logger: Logger) {
    this.#logger = logger
  }

  notify({ sequence, event }: StoredEvent): void {
    const { type } = event
    const service = 'service' in event ? { service: event.service } : {}
    const cause = 'cause' in event ? { cause: event.cause.kind, guardrail: guardrailOf(event.cause) } : {}
    this.#logger[WARNINGS.has(type) ? 'warn' : 'info']('rollout event', { sequence, type, ...service, ...cause })
  }
}

function guardrailOf(cause: Readonly<{ kind: string; guardrail?: string }>): string | undefined {
  return cause.guardrail
}
