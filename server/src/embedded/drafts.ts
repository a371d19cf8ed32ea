import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const ABANDONED_MS = 600_000;

/** Removes what interrupted creations left in a folder; one that is at work is younger than ten minutes. */
export async function removeDrafts(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}
