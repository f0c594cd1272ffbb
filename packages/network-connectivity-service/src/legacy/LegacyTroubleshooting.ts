import type { LegacySettings } from './LegacyConfig.ts'
import type { LegacyPingResult } from './LegacyPing.ts'
import type { LegacyPhase, LegacyProblem } from './legacyProblems.ts'

export type LegacyStage = 'nic' | 'ip' | LegacyPhase

export type LegacyStageReport = {
  stage: LegacyStage
  state: 'good' | 'bad' | 'untested'
  problem: LegacyProblem | null
  took: number
  notes: string[]
}

export type LegacyTroubleshooting = {
  begun: number
  took: number
  brokenStage: LegacyStage | null
  problem: LegacyProblem | null
  stages: LegacyStageReport[]
  pings: LegacyPingResult[]
}

/** `known: false` where the operating system does not let us look. */
export type LegacyLink = { known: boolean; problem: 'NO_NIC' | 'NO_IP' | null; note: string }

/** Looks at the machine's own interfaces. Loopback counts only when all targets are on this machine. */
export function inspectLegacyLink(settings: LegacySettings): LegacyLink {
  let interfaces: ReturnType<LegacySettings['listInterfaces']>
  try {
    interfaces = settings.listInterfaces()
  } catch {
    return { known: false, problem: null, note: 'not readable' }
  }
  const onlyLocal = settings.targets.length > 0 && settings.targets.every((target) => target.isLocal)
  const present: string[] = []
  const addressed: string[] = []
  for (const [name, addresses] of Object.entries(interfaces)) {
    for (const entry of addresses ?? []) {
      if (entry.internal && !onlyLocal) continue
      if (!present.includes(name)) present.push(name)
      if (!isSelfAssigned(entry.address) && !addressed.includes(name)) addressed.push(name)
    }
  }
  if (present.length === 0) return { known: true, problem: 'NO_NIC', note: 'none' }
  if (addressed.length === 0) return { known: true, problem: 'NO_IP', note: present.join(', ') }
  return { known: true, problem: null, note: addressed.join(', ') }
}

/** Addresses that a machine makes up when nobody gives it one. */
function isSelfAssigned(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address)
}

export function reportLegacyStages(link: LegacyLink, linkTook: number, pings: LegacyPingResult[]): LegacyStageReport[] {
  const reports: LegacyStageReport[] = [nicReport(link, linkTook), ipReport(link, linkTook)]
  for (const phase of ['dns', 'connect', 'tls', 'http'] as const) reports.push(phaseReport(phase, pings))
  return reports
}

function nicReport(link: LegacyLink, took: number): LegacyStageReport {
  if (!link.known) return untested('nic')
  const isBad = link.problem === 'NO_NIC'
  return { stage: 'nic', state: isBad ? 'bad' : 'good', problem: isBad ? 'NO_NIC' : null, took, notes: [link.note] }
}

function ipReport(link: LegacyLink, took: number): LegacyStageReport {
  if (!link.known || link.problem === 'NO_NIC') return untested('ip')
  const isBad = link.problem === 'NO_IP'
  return { stage: 'ip', state: isBad ? 'bad' : 'good', problem: isBad ? 'NO_IP' : null, took, notes: [link.note] }
}

function phaseReport(phase: LegacyPhase, pings: LegacyPingResult[]): LegacyStageReport {
  const report: LegacyStageReport = untested(phase)
  for (const ping of pings) {
    const timing = ping.timings.find((one) => one.phase === phase)
    if (!timing) continue
    report.took = Math.max(report.took, timing.took)
    report.notes.push(`${ping.label}: ${timing.note}`)
    if (!timing.passed) {
      report.state = 'bad'
      report.problem ??= ping.problem
    } else if (report.state === 'untested') {
      report.state = 'good'
    }
  }
  return report
}

function untested(stage: LegacyStage): LegacyStageReport {
  return { stage, state: 'untested', problem: null, took: 0, notes: [] }
}
