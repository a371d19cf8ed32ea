import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Base32 of RFC 4648 in lower case, without padding. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) out += ALPHABET[(held >>> (bits - 5)) & 31]!;
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? out + ALPHABET[(held << (5 - bits)) & 31]! : out;
}

const digest = (parts: readonly (string | number)[]): Buffer => createHash('sha256').update(parts.join('\0')).digest();

/**
 * The same for every attempt; `round` rises when a person says "run it again" (workflows.md 10.3). By the execution itself, not by the root
 * of its tree: children of one workflow have the same nodes and paths, and what each does is its own.
 */
export const idempotencyKey = (executionId: string, nodeId: string, path: string, round: number): string =>
  base32(digest([executionId, nodeId, path, round]));

/** The id of a child: the same however often its node is run. Sorts by `at` like every UUIDv7. */
export function childId(at: Date, parts: readonly (string | number)[]): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const rest = digest(parts).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}
