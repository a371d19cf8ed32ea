import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Access } from './schemas.ts';
import type { AccessRow } from './tables.ts';

/** As `ssh-keygen -l` prints it. */
export const fingerprintOf = (hostKey: string): string =>
  `SHA256:${createHash('sha256').update(Buffer.from(hostKey.split(' ')[1] ?? '', 'base64')).digest('base64').replace(/=+$/, '')}`; // prettier-ignore

/** All but the private key. */
export const accessView = (row: AccessRow): z.input<typeof Access> => ({
  host: row.host,
  port: row.port,
  user: row.user,
  hostKey: row.hostKey,
  fingerprint: fingerprintOf(row.hostKey),
  publicKey: row.publicKey,
  state: row.state,
  problemCode: row.problemCode,
  detail: row.detail,
  birdVersion: row.birdVersion,
  loadedGeneration: row.loadedGeneration,
  currentGeneration: row.currentGeneration,
  checkedAt: row.checkedAt?.toISOString() ?? null,
  readyAt: row.readyAt?.toISOString() ?? null,
  version: row.version,
});
