/** Record types of the application, as they are backed up. */
export const RECORD_TYPES = ['meeting', 'protocol', 'user_settings'] as const
export type RecordType = (typeof RECORD_TYPES)[number]

export type GeneratedRecord = Readonly<{ type: RecordType; id: string; body: Readonly<Record<string, unknown>> }>

const TOPICS = ['budget', 'stadgar', 'fastighet', 'bidrag', 'revision', 'hemsida', 'sommarlovsläger', 'arkiv'] as const
const DECISIONS = ['bifall', 'avslag', 'bordläggs', 'återremiss'] as const

/** The key of the n-th generated subject. Says nothing about anybody. */
export function subjectKey(index: number): string {
  return `subject-${String(index).padStart(4, '0')}`
}

/** Meetings, minutes and settings of one subject: always the same for the same subject, and plainly invented. */
export function generateRecords(subject: string, meetings = 5): readonly GeneratedRecord[] {
  const random = generator(subject)
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T
  const minutes = Array.from({ length: meetings }, (_, index) => {
    const day = new Date(Date.UTC(2024, Math.floor(random() * 12), 1 + Math.floor(random() * 28)))
      .toISOString()
      .slice(0, 10)
    const topics = Array.from({ length: 3 }, () => pick(TOPICS))
    const meeting = {
      title: `Styrelsemöte ${index + 1}`,
      day,
      agenda: topics,
      participants: 3 + Math.floor(random() * 6),
    }
    const paragraphs = topics.map((topic, number) => ({
      paragraph: `§ ${number + 1}`,
      topic,
      decision: pick(DECISIONS),
    }))
    return [
      { type: 'meeting', id: `${subject}-m${index}`, body: meeting },
      {
        type: 'protocol',
        id: `${subject}-p${index}`,
        body: { meeting: `${subject}-m${index}`, paragraphs, adjusted: random() < 0.8 },
      },
    ] as const
  })
  const settings = { language: random() < 0.9 ? 'sv' : 'en', theme: pick(['light', 'dark']), reminders: random() < 0.5 }
  return [...minutes.flat(), { type: 'user_settings', id: `${subject}-s`, body: settings }]
}

/** Uniform in [0, 1), seeded by a text (mulberry32 over an FNV-1a hash): test data must be the same on every machine. */
function generator(seed: string): () => number {
  let state = new TextEncoder().encode(seed).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
