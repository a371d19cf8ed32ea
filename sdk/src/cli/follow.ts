import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from './api.ts';
import { ApiProblem, EXIT } from './exit.ts';
import { note, type Io } from './io.ts';
import { serverSent, type ServerSent } from './sse.ts';
import { plain, type Style } from './style.ts';

export interface Change {
  id: string;
  number: string;
  state: string;
  operation: string;
  [field: string]: unknown;
}

const ENDED = new Set(['plan_failed', 'rejected', 'expired', 'cancelled', 'stale', 'succeeded', 'failed', 'partially_succeeded', 'rolled_back', 'rollback_failed']); // prettier-ignore
const POLL_MS = 2_000;

export const hasEnded = ({ state }: Change): boolean => ENDED.has(state);
export const words = (state: string): string => state.replaceAll('_', ' ');

/** Exit code for a Change as it stands. */
export function exitOf({ state }: Change): number {
  if (state === 'succeeded') return EXIT.ok;
  if (ENDED.has(state)) return EXIT.unsuccessful;
  return state === 'awaiting_approval' ? EXIT.awaiting : EXIT.ok;
}

const readChange = async (api: Api, id: string): Promise<Change> =>
  (await api.request('GET', `/api/v1/changes/${encodeURIComponent(id)}`)).body as Change;

const SIGNS: Record<string, (style: Style) => string> = {
  done: ({ good }) => good('✓'),
  failed: ({ bad }) => bad('✗'),
  undone: ({ warn }) => warn('↶'),
  running: ({ quiet }) => quiet('…'),
};

/** One event as a line for people; undefined when it says nothing new to them. */
export function lineOf({ event, data }: ServerSent, style: Style): string | undefined {
  const fact = JSON.parse(data) as Record<string, unknown>;
  const text = (name: string): string => plain(typeof fact[name] === 'string' ? fact[name] : '');
  if (event === 'state') return style.bold(words(text('state')));
  if (event === 'step') return `  ${(SIGNS[text('status')] ?? SIGNS['running']!)(style)} ${text('title')}`;
  if (event === 'progress') return style.quiet(`    ${String(fact['progress'])} %${text('message') ? `  ${text('message')}` : ''}`);
  return event === 'log' ? `    ${text('level') === 'error' ? style.bad(text('message')) : style.quiet(text('message'))}` : undefined;
}

/** Reads the stream of a Change until it has ended; resolves early when the stream breaks. Answers where it got to. */
async function listen(
  io: Io,
  api: Api,
  { id, from, style, signal }: { id: string; from: string; style: Style; signal: AbortSignal },
): Promise<{ last: string; retryMs: number; ended: boolean }> {
  let retryMs = POLL_MS;
  let last = from;
  const response = await api.open(`/api/v1/changes/${encodeURIComponent(id)}/events`, signal, from ? { 'Last-Event-ID': from } : {});
  for await (const event of serverSent(response.body!, (ms) => (retryMs = ms))) {
    last = event.id;
    const line = lineOf(event, style);
    if (line !== undefined) note(io, line);
    if (event.event === 'state' && ENDED.has((JSON.parse(event.data) as Change).state)) return { last, retryMs, ended: true };
  }
  return { last, retryMs, ended: false };
}

/** Follows a Change to its end, live where streams come through and by asking where they do not. Gives up after `timeoutMs`. */
export async function follow(io: Io, api: Api, id: string, style: Style, timeoutMs = Infinity): Promise<Change> {
  const end = Date.now() + timeoutMs;
  const stop = new AbortController();
  const timer = Number.isFinite(timeoutMs) ? setTimeout(() => stop.abort(), timeoutMs) : undefined;
  const signal = AbortSignal.any([io.signal, stop.signal]);
  let last = '';
  try {
    for (;;) {
      const heard = await listen(io, api, { id, from: last, style, signal }).catch((error: unknown) => {
        if (io.signal.aborted || error instanceof ApiProblem) throw error;
        return { last, retryMs: POLL_MS, ended: false };
      });
      last = heard.last;
      const change = await readChange(api, id);
      if (heard.ended || hasEnded(change) || Date.now() >= end) return change;
      await pause(heard.retryMs, undefined, { signal }).catch(() => io.signal.throwIfAborted());
    }
  } finally {
    clearTimeout(timer);
  }
}
