import { flagErrors } from './flagErrors.ts'
import type { Phase } from './Plan.ts'

/** Refuses phases that contradict each other or themselves, naming the two places. `path` is where they are written. */
export function assertPhases(phases: readonly Phase[], path: string): void {
  for (const [index, phase] of phases.entries()) {
    assertDuration(phase, `${path}[${index}]`)
    const before = phases[index - 1]
    if (before) assertFollows(before, phase, path, index)
    const twin = phases.findIndex((other) => other.name === phase.name)
    if (twin !== index) throw duplicateName(phase.name, `${path}[${twin}]`, `${path}[${index}]`)
    assertGate(phase, `${path}[${index}].gate`)
  }
}

/** A criterion is judged, and signed off, by its id. */
function assertGate({ gate }: Phase, path: string): void {
  for (const [index, { id }] of gate.entries()) {
    const twin = gate.findIndex((other) => other.id === id)
    if (twin !== index) throw duplicateName(id, `${path}[${twin}]`, `${path}[${index}]`)
  }
}

function assertDuration({ startMs, endMs }: Phase, path: string): void {
  if (endMs > startMs) return
  const first = `${path}.start ${instant(startMs)}`
  throw flagErrors.create('reversed_dates', { first, second: `${path}.end ${instant(endMs)}` })
}

function assertFollows(before: Phase, phase: Phase, path: string, index: number): void {
  const [former, latter] = [`${path}[${index - 1}]`, `${path}[${index}]`]
  const second = `${latter}.start ${instant(phase.startMs)}`
  if (phase.startMs <= before.startMs)
    throw flagErrors.create('reversed_dates', { first: `${former}.start ${instant(before.startMs)}`, second })
  if (phase.startMs < before.endMs)
    throw flagErrors.create('overlapping_phases', { first: `${former}.end ${instant(before.endMs)}`, second })
  if (phase.percentageBps < before.percentageBps)
    throw flagErrors.create('shrinking_percentage', {
      first: `${former}.percentage ${before.percentageBps / 100}`,
      second: `${latter}.percentage ${phase.percentageBps / 100}`,
    })
}

function duplicateName(name: string, first: string, second: string): Error {
  const details = {
    sv: `${first} och ${second} heter båda "${name}"`,
    en: `${first} and ${second} are both named "${name}"`,
  }
  return flagErrors.create('invalid_plan', { details })
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}
