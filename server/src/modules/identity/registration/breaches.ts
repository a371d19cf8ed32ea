import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

export interface Breaches {
  /** Is the password on the list of known leaks? Undefined when the list cannot be asked: the check is made up for at the next sign-in. */
  contains: (password: string) => Promise<boolean | undefined>;
}

/** Where no list is configured. */
export const NO_LIST: Breaches = { contains: async () => undefined };

const BLOCK = 4096;
/** The least of a hash that a line must hold: with fewer digits, passwords that never leaked would be refused. */
const MIN_DIGITS = 16;
const LINE = /^([0-9A-Fa-f]{16,40})(?::\d+)?$/;

/** The first whole line that begins at or after `offset`, and where the next one begins. */
async function lineAt(file: FileHandle, offset: number): Promise<{ text: string; next: number } | undefined> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(BLOCK), 0, BLOCK, Math.max(0, offset - 1));
  const text = buffer.subarray(0, bytesRead).toString('latin1');
  const start = offset === 0 ? 0 : text.indexOf('\n') + 1;
  if ((offset > 0 && start === 0) || start >= text.length) return undefined;
  const end = text.indexOf('\n', start);
  const line = end === -1 ? text.slice(start) : text.slice(start, end);
  return { text: line.trim(), next: Math.max(0, offset - 1) + (end === -1 ? text.length : end + 1) };
}

/** Binary search by byte offset: a file of 40 GB takes some 35 reads and no memory. */
async function search(file: FileHandle, hash: string): Promise<boolean> {
  let low = 0;
  let high = (await file.stat()).size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineAt(file, middle);
    if (line === undefined) {
      high = middle;
      continue;
    }
    const prefix = LINE.exec(line.text)?.[1]?.toUpperCase();
    if (prefix === undefined) throw new Error(`the breach list holds a line that is no hash of at least ${MIN_DIGITS} digits`);
    const own = hash.slice(0, prefix.length);
    if (own === prefix) return true;
    if (own < prefix) high = middle;
    else low = line.next;
  }
  return false;
}

/**
 * A local file of SHA-1 hashes in hex, one a line, sorted, whole or cut to at least 16 digits, with or without `:count` — the format
 * of Have I Been Pwned's downloader. SHA-1 is the list's choice; nothing of ours is stored with it.
 */
export const breachFile = (path: string, onError: (error: Error) => void): Breaches => ({
  async contains(password) {
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      const file = await open(path, 'r');
      try {
        return await search(file, hash);
      } finally {
        await file.close();
      }
    } catch (error) {
      onError(error as Error);
      return undefined;
    }
  },
});
