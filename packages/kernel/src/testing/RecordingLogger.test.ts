import { describe, expect, it } from 'vitest'

import { LOG_LEVELS } from '../Logger.ts'
import { RecordingLogger } from './RecordingLogger.ts'

describe('RecordingLogger', () => {
  it('keeps the lines of every level', () => {
    const logger = new RecordingLogger()
    for (const level of LOG_LEVELS) logger[level]('something happened', { level })
    expect(logger.lines).toEqual(
      LOG_LEVELS.map((level) => ({ level, message: 'something happened', fields: { level } })),
    )
  })

  it('keeps the lines of its children, with their fields', () => {
    const logger = new RecordingLogger()
    logger.child({ service: 'a', side: 'left' }).child({ side: 'right' }).warn('careful', { attempt: 2 })
    expect(logger.lines).toEqual([
      { level: 'warn', message: 'careful', fields: { service: 'a', side: 'right', attempt: 2 } },
    ])
  })

  it('may be passed around by its functions alone', () => {
    const logger = new RecordingLogger()
    const { info } = logger
    info('still recorded')
    expect(logger.lines).toHaveLength(1)
  })
})
