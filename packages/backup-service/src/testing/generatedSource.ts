import type { BackupRecord, BackupSource } from '../BackupSource.ts'

const TYPES = ['meeting', 'protocol', 'user_settings'] as const

/** An application with a few invented records of each type for every subject. Texts have what trips up careless readers. */
export function generatedSource(perType = 3): BackupSource {
  return {
    recordTypes: TYPES,
    async *records(subject, type) {
      for (let index = 0; index < perType; index += 1) yield generatedRecord(subject, type, index)
    },
  }
}

export function generatedRecord(subject: string, type: string, index: number): BackupRecord {
  return {
    type,
    id: `${type}-${index}`,
    body: { of: subject.length, title: `Möte ${index} – §\u2028 "åäö" 🗳️\r\n`, paragraphs: [index, null, true] },
  }
}

/** All records of a subject in the order in which they are backed up. */
export function generatedRecords(subject: string, perType = 3): readonly BackupRecord[] {
  return TYPES.flatMap((type) => Array.from({ length: perType }, (_, index) => generatedRecord(subject, type, index)))
}
