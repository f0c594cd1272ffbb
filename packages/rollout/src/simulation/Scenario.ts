import { z } from 'zod'

const name = z.string().min(1).max(200)
const share = z.number().min(0).max(1)

/** How a service is used, and how it behaves while nothing is wrong with it. */
const TrafficSchema = z.strictObject({
  /** Of both sides together, spread evenly over `operations`, arriving at random. */
  operationsPerSecond: z.number().min(0).max(1_000),
  /** What is called. Undefined: what the plan's gates name, or `call`. */
  operations: z.array(name).min(1).max(20).readonly().optional(),
  /** True error rates, as shares. */
  errorRate: share,
  legacyErrorRate: share,
  /** Response times are log-normal: the median of legacy, the standard deviation of their logarithm. */
  legacyMedianMs: z.number().positive().max(600_000),
  sigma: z.number().min(0).max(3),
  /** Response times of migrated over those of legacy. */
  latencyFactor: z.number().positive().max(1_000),
  /** Of the operations whose cache hits a gate asks for. */
  cacheHitShare: share,
  /** What the migrated side reports to hold. Undefined: 64 where a gate or a fault is about memory, else nothing. */
  heldMebibytes: z.number().min(0).optional(),
  /** How long into a phase operators sign off what waits for them; `null`: never. */
  signOffAfterHours: z.number().min(0).nullable(),
})

/** What may go wrong with the migrated side, and what a fault's value means. */
export const FAULT_KINDS = ['errors', 'latency', 'memory', 'security', 'gdpr', 'probe'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Values that are sensible where none is given; none for what merely happens. */
export const FAULT_VALUES = {
  /** The true error rate, as a share. */
  errors: { least: 0, most: 1, usual: 0.05 },
  /** Response times over those of legacy. */
  latency: { least: 0.001, most: 1_000, usual: 2 },
  /** Growth of what is held, in MiB an hour. */
  memory: { least: 0, most: 1e6, usual: 64 },
  security: undefined,
  gdpr: undefined,
  probe: undefined,
} as const satisfies Record<FaultKind, Readonly<{ least: number; most: number; usual: number }> | undefined>

const FaultSchema = z.strictObject({
  service: name,
  kind: z.enum(FAULT_KINDS),
  value: z.number().optional(),
  /** The phase, by name, or the percentage from which on it goes wrong. Undefined: from the first phase. */
  from: z.union([name, z.number().min(0).max(100)]).optional(),
  /** So long after `from`. */
  afterMinutes: z.number().min(0).default(0),
})

export const ScenarioSchema = z.strictObject({
  /** For every service. */
  traffic: TrafficSchema.partial().prefault({}),
  /** What differs for one. */
  services: z.record(name, TrafficSchema.partial()).default({}),
  faults: z.array(FaultSchema).max(100).readonly().default([]),
  /** How often is judged; a window is as long. */
  tickSeconds: z.number().min(1).max(86_400).default(60),
  /** Epoch milliseconds. Undefined: two days after the last planned end. */
  untilMs: z.number().optional(),
})

export type Traffic = Readonly<z.output<typeof TrafficSchema>>
/** As it is written: all may be left out. */
export type ScenarioData = z.input<typeof ScenarioSchema>
export type ScenarioFault = Readonly<z.output<typeof FaultSchema>>
/** Only `parseScenario` makes one. */
export type Scenario = Readonly<z.output<typeof ScenarioSchema>>

/** A healthy service: 30 % faster than legacy is asked of backups, so 40 % faster it is. */
export const HEALTHY_TRAFFIC: Traffic = Object.freeze({
  operationsPerSecond: 1,
  errorRate: 0.0005,
  legacyErrorRate: 0.0005,
  legacyMedianMs: 50,
  sigma: 0.5,
  latencyFactor: 0.6,
  cacheHitShare: 0.7,
  signOffAfterHours: 4,
})
