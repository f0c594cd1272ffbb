import { mediaErrors } from './mediaErrors.ts'

export type MediaConstraints = Readonly<{ audio: boolean; video: boolean }>

/** Privacy first: sound only, and no picture that nobody asked for. */
export const DEFAULT_MEDIA: MediaConstraints = { audio: true, video: false }

/** Throws `media.video_not_requested` when a video track is used under constraints without video. */
export function requireKind(constraints: MediaConstraints, kind: 'audio' | 'video'): void {
  if (!constraints[kind]) throw mediaErrors.create('video_not_requested', {})
}
