import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid } from '#kernel/database.ts';
import { PAIR } from './lifetimes.ts';
import type { StoredSession } from './store.ts';

export interface ReadRefresh {
  sessionId: string;
  generation: number;
  mac: string;
}

const macOf = (key: Uint8Array, seed: string, sessionId: string, generation: number): string =>
  createHmac('sha256', key).update(`${seed}\0${sessionId}\0${generation}`).digest('base64url');

/** `swr_{sessionId}.{generation}.{mac}` (platform.md 4.5): nothing of it is stored, and nobody without our key can make the next. */
export function refreshToken(key: Uint8Array, { id, refresh }: StoredSession): string {
  const { seed, generation } = refresh!;
  return `swr_${id}.${generation}.${macOf(key, seed, id, generation)}`;
}

export function readRefreshToken(token: string): ReadRefresh | undefined {
  const [, sessionId, generation, mac] = /^swr_([0-9a-f-]{36})\.(0|[1-9]\d{0,8})\.([\w-]{43})$/.exec(token) ?? [];
  return sessionId !== undefined && isUuid(sessionId) ? { sessionId, generation: Number(generation), mac: mac! } : undefined;
}

export function isOurs(key: Uint8Array, { sessionId, generation, mac }: ReadRefresh, seed: string): boolean {
  const expected = macOf(key, seed, sessionId, generation);
  return mac.length === expected.length && timingSafeEqual(Buffer.from(mac), Buffer.from(expected));
}

export type Verdict = 'rotate' | 'again' | 'theft';

/**
 * What presenting a genuine token of a generation means: `rotate` it; `again` (the answer was lost, or two tabs asked at once) gives the
 * current pair; `theft` when it was replaced longer ago.
 */
export function verdictOn(generation: number, current: { generation: number; rotatedAt: Date | null }, at: Date): Verdict {
  if (generation === current.generation) return 'rotate';
  const replacedAgo = at.getTime() - (current.rotatedAt?.getTime() ?? 0);
  return generation === current.generation - 1 && replacedAgo <= PAIR.reuseWindow ? 'again' : 'theft';
}
