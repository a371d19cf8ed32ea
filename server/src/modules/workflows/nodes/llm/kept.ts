import { createHash } from 'node:crypto';
import type { Json } from '../../graph.ts';
import { canonical } from '../values.ts';

/** All of one process; answers are small, and who asks a lot keeps a few. */
const MOST = 500;
const LARGEST = 65_536;

interface Kept {
  until: number;
  text: string;
}

const kept = new Map<string, Kept>();

/** The same question of the same workflow has the same key. */
export const keyOf = (tenantId: string, workflowId: string, question: Json): string =>
  createHash('sha256')
    .update(`${tenantId} ${workflowId} ${canonical(question)}`)
    .digest('base64url');

/** An answer that is not older than it may be; undefined when there is none. */
export function recall(key: string, now: number): Json | undefined {
  const found = kept.get(key);
  if (found && found.until > now) return JSON.parse(found.text) as Json;
  kept.delete(key);
  return undefined;
}

/** Keeps an answer for so many seconds; the oldest makes room. */
export function keep(key: string, answer: Json, seconds: number, now: number): void {
  const text = JSON.stringify(answer);
  if (seconds === 0 || text.length > LARGEST) return;
  kept.delete(key);
  kept.set(key, { until: now + seconds * 1_000, text });
  if (kept.size > MOST) kept.delete(kept.keys().next().value!);
}
