import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** Bytes. Tests keep less than two of them at a time, and need some for themselves. */
const [ROOM, FREE] = [4 * 2 ** 30, 8 * 2 ** 30];

/**
 * Where tests keep what lives as long as they do: in memory where there is plenty and programs may be run from it, else in the usual
 * place. They make and drop hundreds of databases of two thousand files each, which took a disk longer than all that is tested in them.
 */
export function scratchFolder() {
  if (process.env.TMPDIR) return process.env.TMPDIR;
  const probe = join(MEMORY, `switchyard-probe-${process.pid}`);
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ROOM || freemem() < FREE) return tmpdir();
    writeFileSync(probe, '#!/bin/sh\n', { mode: 0o700 });
    execFileSync(probe);
    return MEMORY;
  } catch {
    return tmpdir();
  } finally {
    rmSync(probe, { force: true });
  }
}
