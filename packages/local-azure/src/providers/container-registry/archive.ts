import { gunzipSync } from 'node:zlib';

/** An uploaded build context. */
export interface Context {
  /** The archive without compression, which is what a layer's identity is computed from. */
  readonly tar: Buffer;
  /** Regular files by path, without `./` in front. */
  readonly files: ReadonlyMap<string, Buffer>;
}

const BLOCK = 512;
const FILE_KINDS: ReadonlySet<string> = new Set(['0', '\0', '']);

/** Reads a tar archive (POSIX ustar, pax and GNU long names), compressed by gzip or not. Throws when it is none. */
export function readArchive(bytes: Buffer): Context {
  const tar = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return { tar, files: new Map(entriesOf(tar)) };
}

function* entriesOf(tar: Buffer): Generator<[string, Buffer]> {
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= tar.length;) {
    const header = tar.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    requireHeader(header);
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    const content = tar.subarray(offset + BLOCK, offset + BLOCK + size);
    const kind = text(header, 156, 1);
    if (kind === 'x') longName = paxPath(content) ?? longName;
    else if (kind === 'L') longName = content.toString('utf8').replace(/\0.*$/su, '');
    else {
      if (FILE_KINDS.has(kind)) yield [tidy(longName ?? nameOf(header)), content];
      longName = undefined;
    }
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** The sum over a header, with blanks in place of the sum itself, is written in it. */
function requireHeader(header: Buffer): void {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  if (sum !== Number.parseInt(text(header, 148, 8).trim(), 8)) throw new RangeError('not a tar archive');
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** `27 path=a/long/name\n` */
function paxPath(content: Buffer): string | undefined {
  return /^\d+ path=(?<path>.*)$/mu.exec(content.toString('utf8'))?.groups?.['path'];
}

function text(header: Buffer, start: number, length: number): string {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? length : end);
}

function tidy(path: string): string {
  return path.replace(/^(?:\.?\/)+/u, '');
}
