import { ManualClock } from '@gradvis/kernel/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { createProgram } from './createProgram.ts'
import { run } from './run.ts'
import { aSession } from './testing/aSession.ts'
import { seedStore, type SeededStore } from './testing/seedStore.ts'
import { createTexts } from './texts/cliMessages.ts'
import { VERBS } from './verbs.ts'

const service = 'BackupService'

describe('on a terminal', () => {
  let seeded: SeededStore
  beforeEach(async () => {
    seeded = await seedStore()
  })
  afterEach(() => seeded.remove())

  const answered = async (args: readonly string[], answer: string) => {
    const terminal = aSession({ isTerminal: true })
    const running = run([...args, '--store', seeded.location], terminal.session)
    await vi.waitFor(() => expect(terminal.stderr()).toContain('[y/N]'))
    terminal.stdin.write(answer)
    return { ...terminal, code: await running }
  }
  const sequence = async () => (await seeded.store.readEvents(0)).length

  it.each(['y\n', 'J\n', 'yes\n', ' ja \n'])('a change is made after the answer %j', async (answer) => {
    const { code, stderr, stdout } = await answered(['promote', 'backup'], answer)
    expect(code).toBe(0)
    expect(stderr()).toContain('BackupService enters phase initial at 10%.')
    expect(stdout()).toMatch(/BackupService\s+initial/)
    expect(await sequence()).toBe(2)
  })

  it.each(['n\n', '\n', 'yep\n'])('nothing is changed after the answer %j', async (answer) => {
    const { code, stderr } = await answered(['promote', 'backup'], answer)
    expect(code).toBe(1)
    expect(stderr()).toContain('Nothing was changed')
    expect(await sequence()).toBe(1)
  })

  it('what the state refuses is refused before anybody is asked', async () => {
    const { session, stderr } = aSession({ isTerminal: true })
    expect(await run(['resume', 'backup', '--store', seeded.location], session)).toBe(3)
    expect(stderr()).not.toContain('[y/N]')
  })

  it('Ctrl+C at the question changes nothing', async () => {
    const terminal = aSession({ isTerminal: true })
    const running = run(['pause', 'backup', '--store', seeded.location], terminal.session)
    await vi.waitFor(() => expect(terminal.stderr()).toContain('[y/N]'))
    terminal.stdin.write('\u0003')
    expect(await running).toBe(130)
    expect(await sequence()).toBe(1)
  })

  it('the end of the input at the question changes nothing', async () => {
    const terminal = aSession({ isTerminal: true })
    const running = run(['pause', 'backup', '--store', seeded.location], terminal.session)
    await vi.waitFor(() => expect(terminal.stderr()).toContain('[y/N]'))
    terminal.stdin.end()
    expect(await running).toBe(1)
    expect(await sequence()).toBe(1)
  })

  it('a watched status is redrawn in place, when the store changes and every second, and stays when it ends', async () => {
    const clock = new ManualClock(Date.now())
    const { session, stdout, interrupt } = aSession({ isTerminal: true, clock })
    const running = run(['status', '--watch', '--store', seeded.location], session)
    const frames = () => stdout().split('\u001B[?2026h').length - 1
    await vi.waitFor(() => expect(frames()).toBe(1))
    await seeded.execute({ type: 'promote', service })
    await vi.waitFor(() => {
      clock.advance(1000)
      expect(stdout()).toMatch(/BackupService\s+initial/)
    })
    const drawn = frames()
    await vi.waitFor(() => {
      clock.advance(1000)
      expect(frames()).toBeGreaterThan(drawn)
    })
    interrupt()
    expect(await running).toBe(130)
    expect(stdout()).not.toContain('\u001B[2J')
    const [, after = ''] = stdout().split('\u001B[?25h\u001B[?1049l')
    expect(after).toMatch(/BackupService/)
  })

  it('hostile names in the log cannot steer it', async () => {
    const { session, stdout } = aSession({ isTerminal: true })
    const hostile = 'x\u001B]0;owned\u0007\u202E'
    const args = ['pause', 'backup', '--yes', '--actor', hostile, '--reason', `${hostile}!`, '--store', seeded.location]
    expect(await run(args, session)).toBe(0)
    expect(stdout()).toContain('x\\u{1b}]0;owned\\u{7}\\u{202e}!')
    for (const steering of ['\u001B]', '\u0007', '\u202E']) expect(stdout()).not.toContain(steering)
  })
})

describe('every command', () => {
  it.each(VERBS.map((verb) => [verb.name, verb] as const))(
    '%s has examples that parse, and texts in both languages',
    (name, verb) => {
      expect(verb.examples.length).toBeGreaterThan(0)
      for (const text of [verb.summary, ...verb.options.map((one) => one.text), ...verb.examples.map(([, one]) => one)])
        expect([text.sv, text.en].every((one) => one.length > 0)).toBe(true)
      for (const [line] of verb.examples) {
        const chosen: string[] = []
        const program = createProgram(VERBS, createTexts('en'), {
          help: () => {},
          onChosen: (one) => chosen.push(one.verb.name),
        })
        const [first = ''] = line.split(/ [<>] /)
        program.parse(wordsOf(first), { from: 'user' })
        expect(chosen).toEqual([name])
      }
    },
  )

  it('is there once', () => {
    expect(new Set(VERBS.map(({ name }) => name)).size).toBe(VERBS.length)
  })
})

function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
}
