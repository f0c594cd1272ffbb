import { createHash } from 'node:crypto'
import { join } from 'node:path'

const PART = '.part'
const ARCHIVE = '.zip'
const MANIFEST = '.manifest.json'

export type BackupPaths = Readonly<Record<'archive' | 'archivePart' | 'manifest' | 'manifestPart', string>>

export type StorePaths = Readonly<{
  /** Holds one folder per subject. */
  subjects: string
  /** What is being erased (folders) or written (files). Nothing in it is ever read as a backup. Never removed itself. */
  work: string
  policy: string
  subject: (subject: string) => string
  /** `name` is the name of a subject's folder, see `subjectFolderName`. */
  subjectNamed: (name: string) => string
  backup: (subject: string, id: string) => BackupPaths
}>

/** Where everything is in a store. The only place that knows file names. */
export function storePaths(storeFolder: string): StorePaths {
  const subjects = join(storeFolder, 'subjects')
  const subject = (id: string) => join(subjects, subjectFolderName(id))
  return {
    subjects,
    work: join(storeFolder, 'work'),
    policy: join(storeFolder, 'retention.json'),
    subject,
    subjectNamed: (name) => join(subjects, name),
    backup(subjectId, id) {
      const [archive, manifest] = [join(subject(subjectId), id + ARCHIVE), join(subject(subjectId), id + MANIFEST)]
      return { archive, archivePart: archive + PART, manifest, manifestPart: manifest + PART }
    },
  }
}

/** SHA-256 of the subject's id in UTF-8, in hexadecimal: the id itself is in no file name. */
export function subjectFolderName(subject: string): string {
  return createHash('sha256').update(subject).digest('hex')
}

/** What a file of a subject's folder is, by its name: `undefined` for files that are none of ours. */
export function storeFileKind(
  name: string,
): Readonly<{ id: string; kind: 'manifest' | 'archive' | 'part' }> | undefined {
  const match = /^([0-9a-f-]{36})(\.zip|\.manifest\.json)(\.part)?$/.exec(name)
  if (!match) return undefined
  const [, id = '', ending, part] = match
  if (part) return { id, kind: 'part' }
  return { id, kind: ending === ARCHIVE ? 'archive' : 'manifest' }
}
