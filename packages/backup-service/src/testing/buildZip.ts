import { crc32 } from 'node:zlib'

export type ZipEntry = Readonly<{
  name: string
  content?: string
  /** Name in the local header, when it is to differ from the central directory's. */
  localName?: string
  /** Unix mode with the file's type. Default: a plain file. */
  mode?: number
  encrypted?: boolean
}>

const PLAIN_FILE = 0o100644
const MADE_BY_UNIX = 3
const UTF8_NAMES = 0x800
/** Traditional encryption puts this many bytes before the content. */
const ENCRYPTION_HEADER_BYTES = 12

/** A ZIP made by hand, uncompressed, with whatever names and headers a hostile one would have (PKWARE APPNOTE 4.3). */
export function buildZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const local = localHeader(entry)
    locals.push(local)
    centrals.push(centralHeader(entry, offset))
    offset += local.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.localName ?? entry.name)
  const content = storedContent(entry)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  writeCommon(header, 6, entry, name)
  return Buffer.concat([header, name, content])
}

function centralHeader(entry: ZipEntry, offset: number): Buffer {
  const name = Buffer.from(entry.name)
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE((MADE_BY_UNIX << 8) | 20, 4)
  header.writeUInt16LE(20, 6)
  writeCommon(header, 8, entry, name)
  header.writeUInt32LE(((entry.mode ?? PLAIN_FILE) << 16) >>> 0, 38)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, name])
}

/** The fields that both headers have, from the flags on. */
function writeCommon(header: Buffer, at: number, entry: ZipEntry, name: Buffer): void {
  const content = Buffer.from(entry.content ?? '')
  header.writeUInt16LE(UTF8_NAMES | (entry.encrypted ? 1 : 0), at)
  header.writeUInt32LE(crc32(content), at + 8)
  header.writeUInt32LE(storedContent(entry).length, at + 12)
  header.writeUInt32LE(content.length, at + 16)
  header.writeUInt16LE(name.length, at + 20)
}

function storedContent({ content = '', encrypted }: ZipEntry): Buffer {
  return Buffer.concat([Buffer.alloc(encrypted ? ENCRYPTION_HEADER_BYTES : 0), Buffer.from(content)])
}
