import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { aim } from './harness/aim.ts'
import { runCommand } from './runCommand.ts'
import type { Suite, SuiteEntry } from './Suite.ts'

describe('without a suite', () => {
  it.each([[[]], [['--help']], [['-h', 'toy']]])('%j lists the suites', async (args) => {
    const { code, out } = await run(args)
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('toy         a toy')
  })
})

describe('what is unknown', () => {
  it.each([
    [['tooy'], 'There is no suite called "tooy".'],
    [['toString'], 'There is no suite called "toString".'],
    [['toy', '--fast'], "Unknown option '--fast'"],
  ])('%j exits with 2 and the list', async (args, problem) => {
    const { code, out, err } = await run(args)
    expect(code).toBe(2)
    expect(out).toEqual([])
    expect(err.join('\n')).toContain(problem)
    expect(err.join('\n')).toContain('toy         a toy')
  })
})

describe('a suite', () => {
  it('prints its table, and progress beside it', async () => {
    const { code, out, err } = await run(['toy'])
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('NOT REACHED')
    expect(err).toEqual(['toy: playing'])
  })

  it('with --json prints the table beside and one line for machines, aims reached or not', async () => {
    const { code, out, err } = await run(['toy', '--json'])
    expect(code).toBe(0)
    expect(err.join('\n')).toContain('NOT REACHED')
    expect(out).toEqual([JSON.stringify(await toy(options))])
  })

  it('is told that only a smoke run is wanted', async () => {
    const { out } = await run(['toy', '--json', '--quick'])
    expect(JSON.parse(out[0] as string)).toMatchObject({ detail: { quick: true } })
  })

  it('that gives something else than the convention is refused', async () => {
    await expect(run(['broken'])).rejects.toThrow('aims')
  })
})

const toy: Suite = async ({ quick, progress }) => {
  progress('playing')
  const detail = { measurements: [], ratios: [], notes: [], quick }
  return { suite: 'toy', aims: [aim('toy_ratio', 9, '>=', 10)], detail }
}

const options = {
  clock: new ManualClock(),
  quick: false,
  collectGarbage: undefined,
  progress: () => {},
}

const suites: Readonly<Record<string, SuiteEntry>> = {
  toy: { summary: 'a toy', load: async () => toy },
  broken: { summary: 'no aims', load: async () => async (given) => ({ ...(await toy(given)), aims: [] }) },
}

async function run(args: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(args, suites, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err }
}
