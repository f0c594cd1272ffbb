import { writeFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { ArchiveReader } from '../format/ArchiveReader.ts'
import { parseManifest } from '../format/Manifest.ts'
import { storePaths } from '../format/storePaths.ts'
import { aSubject, BackupRig } from '../testing/index.ts'
import { placeBackup } from '../testing/placeBackup.ts'
import { restoreToFolder } from './restoreToFolder.ts'

const aReader = async (rig: BackupRig) => {
  const subject = aSubject()
  const id = await placeBackup(rig.store, { subject })
  const paths = storePaths(rig.store).backup(subject, id)
  const reading = parseManifest(await readFile(paths.manifest, 'utf8'))
  const entries = reading.readable ? reading.manifest.entries : []
  return { entries, reader: await ArchiveReader.open(paths.archive, entries) }
}

const quiet = { newId: () => 'x', signal: new AbortController().signal, onBytes: () => {} }

describe('restoreToFolder', () => {
  it('leaves alone what was put into the target while it wrote', async () => {
    await using rig = await BackupRig.create()
    const { reader, entries } = await aReader(rig)
    await using _closing = reader
    const target = rig.restored('a')
    await mkdir(target)
    const onBytes = () => writeFileSync(`${target}/min.txt`, 'min')
    const how = { ...quiet, target, overwrite: false, onBytes }
    await expect(restoreToFolder(reader, entries, how)).rejects.toMatchObject({ code: 'backup.target_not_empty' })
    expect(await rig.read(rig.restored())).toEqual({ 'a/min.txt': 'min' })
  })

  it('leaves everything as it was when the old content can not be put aside', async () => {
    await using rig = await BackupRig.create()
    const { reader, entries } = await aReader(rig)
    await using _closing = reader
    const target = rig.restored('a')
    await mkdir(target)
    await writeFile(`${target}/min.txt`, 'min')
    // Where the old content would be put aside there is a file already.
    await writeFile(rig.restored('.replaced-x'), 'upptaget')
    await expect(restoreToFolder(reader, entries, { ...quiet, target, overwrite: true })).rejects.toMatchObject({
      code: 'ENOTDIR',
    })
    expect(await rig.read(rig.restored())).toEqual({ '.replaced-x': 'upptaget', 'a/min.txt': 'min' })
  })

  it('does not take over another restore’s staging folder', async () => {
    await using rig = await BackupRig.create()
    const { reader, entries } = await aReader(rig)
    await using _closing = reader
    await mkdir(rig.restored('.restoring-x'))
    await writeFile(rig.restored('.restoring-x/annans.txt'), 'annans')
    await expect(
      restoreToFolder(reader, entries, { ...quiet, target: rig.restored('a'), overwrite: false }),
    ).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await rig.read(rig.restored())).toEqual({ '.restoring-x/annans.txt': 'annans' })
  })
})
