/** Latched until an operator releases it. */
export type Incident = Readonly<{ kind: 'security' | 'gdpr'; eventId?: string }>

export type ServiceState = Readonly<{
  incident?: Incident
  rolledBack?: boolean
  /** Stands at `percentageBps`; at 0 where none is given. */
  paused?: boolean
  /** Basis points, 0 to 10,000. Replaces what the plan's dates say. */
  percentageBps?: number
  /** The name of the phase that the percentage belongs to. */
  phase?: string
}>

/** What is stored about a running rollout, as far as decisions need it. By service; absent means: as planned. */
export type RolloutState = Readonly<{
  emergencyStop?: boolean
  services?: Readonly<Record<string, ServiceState>>
}>
