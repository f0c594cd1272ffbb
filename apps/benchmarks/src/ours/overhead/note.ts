import { defineContract, read } from '@gradvis/base-service'
import { z } from 'zod'

import type { AsyncCase } from '../../harness/Case.ts'

/** A small input and answer, as most calls have. */
export const Note = z.strictObject({
  subject: z.string().min(1),
  page: z.number().int().min(0),
  newestFirst: z.boolean(),
})
export type Note = z.infer<typeof Note>

const spec = { summary: 'Answers what it was asked.', input: Note, output: Note }

export const noteContract = defineContract('NoteService', {
  echo: read(spec),
  /** The same, and sensitive. */
  audited: read({ ...spec, audit: { subject: ({ subject }) => subject, details: ({ page }) => ({ page }) } }),
})

/** The method that every case ends in: as little as an asynchronous method can do. */
export async function bareEcho(input: Note): Promise<Note> {
  return input
}

export const notes: readonly Note[] = Array.from({ length: 64 }, (_, page) => ({
  subject: `subject-${page}`,
  page,
  newestFirst: page % 2 === 0,
}))

/** A case that asks for each note in turn and is verified to get the right one. */
export function noteCase(name: string, ask: (note: Note) => Promise<Note>): AsyncCase {
  const run = (index: number) => ask(notes[index] as Note)
  const verify = async () => {
    for (const [index, { subject }] of notes.entries()) {
      const answer = await ask(notes[index] as Note)
      if (answer.subject !== subject) throw new Error(`answered another note to note ${index}`)
    }
  }
  return { name, kind: 'async', run, verify }
}
