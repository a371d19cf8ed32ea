import { createHash } from 'node:crypto';

export interface BundleFile {
  path: string;
  content: string;
}

const BLOCK = 512;
const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

/** A header of POSIX ustar for a plain file. No owner and no time in it: the same files are the same bytes. */
function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`the name ${path} is too long for a bundle`);
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0);
  block.write(octal(0o640, 8), 100);
  block.write(octal(0, 8) + octal(0, 8), 108);
  block.write(octal(size, 12) + octal(0, 12), 124);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148); // prettier-ignore
  return block;
}

const entry = ({ path, content }: BundleFile): Buffer[] => {
  const bytes = Buffer.from(content);
  return [header(path, bytes.length), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)];
};

export const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Files and a manifest of their digests, as `sha256sum -c` reads it, in one tar. */
export function bundleOfFiles(files: readonly BundleFile[]): Uint8Array {
  const manifest = files.map(({ path, content }) => `${digestOf(content)}  ${path}\n`).join('');
  return Buffer.concat([...[...files, { path: 'manifest', content: manifest }].flatMap(entry), Buffer.alloc(2 * BLOCK)]);
}
