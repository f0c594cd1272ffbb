import type { LocalizedText } from '@gradvis/kernel'

import { bucketOf } from './bucketOf.ts'
import type { CompiledService } from './compileService.ts'
import type { FlagSnapshot } from './createSnapshot.ts'
import { type Decision, makeDecision, type Rule } from './Decision.ts'
import { compiledService } from './decide.ts'
import type { Hash } from './Plan.ts'
import type { Finding } from './settlingRules.ts'
import type { Subject } from './Subject.ts'

export type Rung = Readonly<{
  rule: Rule
  /** `skipped`: an earlier rule had matched, so that this one has no say. */
  status: 'matched' | 'not matched' | 'skipped'
  /** What the rule looked at. Never the subject's key or attributes. */
  value: string
  text: LocalizedText
}>

export type Explanation = Readonly<{
  service: string
  flagKey: string
  decision: Decision
  rungs: readonly Rung[]
  /** 0 to 9,999; undefined for a subject without a key. */
  bucket: number | undefined
  percentageBps: number
  phase: string | undefined
  hash: Hash
}>

/** The whole ladder for one subject. Its decision is always what `decide` says. Throws `flags.unknown_service`. */
export function explain(snapshot: FlagSnapshot, service: string, subject: Subject = {}): Explanation {
  const compiled = compiledService(snapshot, service)
  const bucket = subject.targetingKey ? bucketOf(compiled.prefix, subject.targetingKey) : undefined
  const findings = [
    ...compiled.findings,
    targetGroup(compiled, subject),
    split(compiled.percentageBps, bucket),
    noTargetingKey(bucket),
  ]
  const matched = findings.find((finding) => finding.verdict) ?? noTargetingKey(undefined)
  const { implementation, reason } = matched.verdict ?? NO_KEY
  return {
    service,
    flagKey: compiled.flag.flagKey,
    decision: makeDecision(service, implementation, reason),
    rungs: findings.map((finding) => toRung(finding, matched.rule)),
    bucket,
    percentageBps: compiled.percentageBps,
    phase: compiled.phase,
    hash: snapshot.hash,
  }
}

const NO_KEY = { implementation: 'legacy', reason: 'NO_TARGETING_KEY' } as const

function toRung({ rule, value, text }: Finding, matched: Rule): Rung {
  if (rule === matched) return { rule, status: 'matched', value, text }
  if (rule < matched) return { rule, status: 'not matched', value, text }
  const skipped = { sv: `Prövas inte: regel ${matched} avgjorde.`, en: `Not asked: rule ${matched} decided.` }
  return { rule, status: 'skipped', value, text: skipped }
}

function targetGroup({ targetGroups }: CompiledService, subject: Subject): Finding {
  const implementation = targetGroups?.(subject)
  if (implementation === undefined) {
    const text = { sv: 'Ingen målgrupp omfattar den frågande.', en: 'The subject is in no target group.' }
    return { rule: 6, value: 'none', verdict: undefined, text }
  }
  return {
    rule: 6,
    value: implementation === 'legacy' ? 'deny' : 'allow',
    verdict: { implementation, reason: 'TARGETING_MATCH' },
    text: {
      sv: `En målgrupp leder den frågande till ${implementation}.`,
      en: `A target group leads the subject to ${implementation}.`,
    },
  }
}

function split(percentageBps: number, bucket: number | undefined): Finding {
  if (bucket === undefined) {
    const text = { sv: 'Utan nyckel finns ingen hink att jämföra.', en: 'Without a key there is no bucket to compare.' }
    return { rule: 7, value: 'none', verdict: undefined, text }
  }
  const migrated = bucket < percentageBps
  return {
    rule: 7,
    value: `bucket=${bucket}, percentageBps=${percentageBps}`,
    verdict: { implementation: migrated ? 'migrated' : 'legacy', reason: 'SPLIT' },
    text: migrated
      ? {
          sv: `Hink ${bucket} är under ${percentageBps}: migrated.`,
          en: `Bucket ${bucket} is under ${percentageBps}: migrated.`,
        }
      : {
          sv: `Hink ${bucket} är inte under ${percentageBps}: legacy.`,
          en: `Bucket ${bucket} is not under ${percentageBps}: legacy.`,
        },
  }
}

function noTargetingKey(bucket: number | undefined): Finding {
  if (bucket !== undefined) {
    const text = { sv: 'Den frågande har en nyckel.', en: 'The subject has a key.' }
    return { rule: 8, value: 'key', verdict: undefined, text }
  }
  const text = { sv: 'Ingen nyckel: legacy, aldrig slumpen.', en: 'No key: legacy, never chance.' }
  return { rule: 8, value: 'none', verdict: NO_KEY, text }
}
