import type { Language } from '@gradvis/kernel'
import { numberText, percentText, type ServiceStatus, type Verdict } from '@gradvis/rollout'

const WORDS = {
  sv: {
    waiting: 'väntar',
    'rolled-back': 'TILLBAKARULLAD',
    paused: 'pausad',
    complete: 'KLAR',
    operations: 'op',
    errors: 'fel',
    limit: 'tröskel',
    latency: 'svarstid',
    gates: 'grind',
    of: 'av',
    open: 'kvar',
  },
  en: {
    waiting: 'waiting',
    'rolled-back': 'ROLLED BACK',
    paused: 'paused',
    complete: 'COMPLETE',
    operations: 'ops',
    errors: 'errors',
    limit: 'limit',
    latency: 'latency',
    gates: 'gate',
    of: 'of',
    open: 'open',
  },
} as const

/** Where a service stands, in one line: what its current percentage has shown so far. */
export function serviceLine(verdict: Verdict, status: ServiceStatus, language: Language): string {
  const words = WORDS[language]
  const name = verdict.service.padEnd(26)
  if (status.status === 'waiting' || status.status === 'rolled-back') return `${name} ${words[status.status]}`
  const state = status.status === 'running' ? (status.phase ?? '') : words[status.status]
  const share = percentText(status.percentageBps / 10_000, language)
  const [errors, latency] = [readingOf(verdict, 'error-rate-early'), readingOf(verdict, 'latency')]
  const operations = verdict.criteria.find(({ id }) => id === 'minimum-operations')?.samples ?? errors?.samples ?? 0
  const rate = shareOr(errors?.value, language)
  const met = verdict.criteria.filter(({ outcome }) => outcome === 'met').length
  const open = verdict.criteria.filter(({ outcome }) => outcome !== 'met').map(({ id }) => id)
  return [
    `${name} ${state.padEnd(8)} ${share.padStart(6)}`,
    `${numberText(operations, language).padStart(6)} ${words.operations}`,
    `${words.errors} ${rate} (${words.limit} ${shareOr(errors?.limit, language)})`,
    `${words.latency} ×${numberOr(latency?.value, language)} (${words.limit} ×${numberOr(latency?.limit, language)})`,
    `${words.gates} ${met} ${words.of} ${verdict.criteria.length}${open.length > 0 ? `, ${words.open}: ${open.join(', ')}` : ''}`,
  ].join('  ')
}

function readingOf({ guardrails }: Verdict, id: Verdict['guardrails'][number]['id']) {
  return guardrails.find((one) => one.id === id)
}

function numberOr(value: number | undefined, language: Language): string {
  return value === undefined ? '–' : numberText(value, language)
}

function shareOr(value: number | undefined, language: Language): string {
  return value === undefined ? '–' : percentText(value, language)
}
