import { describe, expect, it } from 'vitest'

import { DEFAULT_MEDIA, requireKind } from './MediaConstraints.ts'

describe('requireKind', () => {
  it('lets sound through and no picture that nobody asked for', () => {
    expect(() => requireKind(DEFAULT_MEDIA, 'audio')).not.toThrow()
    expect(() => requireKind(DEFAULT_MEDIA, 'video')).toThrow(
      expect.objectContaining({ code: 'media.video_not_requested', fault: 'caller' }),
    )
    expect(() => requireKind({ audio: false, video: true }, 'video')).not.toThrow()
  })
})
