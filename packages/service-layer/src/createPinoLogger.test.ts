import { describe, expect, it } from 'vitest'

import { createPinoLogger } from './createPinoLogger.ts'

function capture() {
  const lines: Record<string, unknown>[] = []
  return {
    lines,
    destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  }
}

describe('createPinoLogger', () => {
  it('writes the message and the fields of every ancestor as one JSON line', () => {
    const { lines, destination } = capture()
    createPinoLogger({ destination }).child({ service: 'S' }).child({ operation: 'o' }).warn('failed', { code: 'a.b' })
    expect(lines).toEqual([
      expect.objectContaining({ level: 40, msg: 'failed', service: 'S', operation: 'o', code: 'a.b' }),
    ])
  })

  it('drops what is below its level', () => {
    const { lines, destination } = capture()
    const logger = createPinoLogger({ destination, level: 'error' })
    logger.info('quiet')
    logger.error('loud')
    expect(lines.map((line) => line['msg'])).toEqual(['loud'])
  })
})
