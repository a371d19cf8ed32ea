import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { secondsOf, Span } from '../../triggers/config.ts';
import { nextDue } from '../../triggers/schedule/rules.ts';
import { isZone } from '../../triggers/schedule/zones.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type Result } from '../declare.ts';

/** From so many milliseconds on a wait is a row in the database and holds no worker (workflows.md 6.4). */
const DURABLE_MS = 5_000;
const MOST_SECONDS = 90 * 86_400;

const Window = z.object({
  cron: z
    .string()
    .max(200)
    .meta({ title: 'Opens', help: 'Cron of five fields', examples: ['0 22 * * 6'] }),
  minutes: z.int().min(1).max(10_080).meta({ title: 'Open for, in minutes' }),
  timezone: z.string().max(64).default('UTC').meta({ title: 'Time zone' }),
});
type Window = z.output<typeof Window>;

const Config = z.object({
  mode: z.enum(['for', 'until', 'window']).default('for').meta({ title: 'Wait' }),
  for: Span.optional().meta({ title: 'For', help: 'One second to 90 days' }),
  until: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Until', help: 'A time; one that is over goes on at once', expression: 'expr', examples: ['input.startsAt'] }),
  window: Window.optional().meta({ title: 'Window', help: 'Goes on at once while it is open' }),
});
type Config = z.output<typeof Config>;

const wrong = (message: string): NodeError => new NodeError('node-config-invalid', 'config', message);

/** The time at which the window is open next: now, or when it opens. */
function opensAt({ cron, minutes, timezone }: Window, now: Date): Date {
  if (!isZone(timezone)) throw wrong(`"${timezone}" is not a time zone.`);
  const timetable = { type: 'cron' as const, cron, zone: timezone, since: now };
  const opened = nextDue(timetable, new Date(now.getTime() - minutes * 60_000));
  if (opened === null) throw wrong('The window never opens.');
  return opened <= now ? now : opened;
}

function untilOf(source: string, evaluate: NodeRun['evaluate']): Date {
  const value = evaluate(source);
  const at = typeof value === 'number' ? new Date(value) : new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new NodeError('type-error', 'expression', `"${String(value).slice(0, 100)}" is not a time.`);
  return at;
}

/** When it goes on. Pure but for the expression, so it is the same after a crash. */
function endOf({ mode, until, window, ...config }: Config, { now, evaluate }: NodeRun): Date {
  if (mode === 'until') {
    if (until === undefined) throw wrong('Say until when.');
    return untilOf(until, evaluate);
  }
  if (mode === 'window') {
    if (window === undefined) throw wrong('Say when the window is open.');
    return opensAt(window, now);
  }
  if (config.for === undefined) throw wrong('Say for how long.');
  const seconds = secondsOf(config.for);
  if (seconds < 1 || seconds > MOST_SECONDS) throw wrong('Between one second and 90 days.');
  return new Date(now.getTime() + seconds * 1_000);
}

async function wait(run: NodeRun, config: Config): Promise<Result> {
  if (run.dryRun) return { output: run.input };
  const at = endOf(config, run);
  const left = at.getTime() - run.now.getTime();
  if (left > MOST_SECONDS * 1_000) throw new NodeError('limit-exceeded', 'limit', 'Nothing waits for more than 90 days.');
  if (left >= DURABLE_MS) return { waits: [{ kind: 'timer', at }] };
  if (left > 0) await pause(left, undefined, { signal: run.signal });
  return { output: run.input };
}

export const delay = defineNode({
  type: 'delay',
  version: 1,
  label: 'Delay',
  icon: 'hourglass',
  category: 'flow',
  summary: 'Wait for a time, until a moment, or for a window',
  docs: `Hands its input on after a while. From five seconds on nothing is held meanwhile: the wait survives restarts, and is over within a second of its time.

- **for**: so long, at most 90 days.
- **until**: a moment, as an expression. One that is over already goes on at once.
- **window**: at once while the window is open, else when it opens next.`,
  config: Config,
  example: { mode: 'for', for: { value: 5, unit: 'minutes' } },
  defaults: { mode: 'for', for: { value: 1, unit: 'minutes' } },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }],
  effect: 'wait',
  idempotent: true,
  check: ({ mode = 'for', window }) => {
    if (mode !== 'window' || window === null || typeof window !== 'object' || Array.isArray(window)) return [];
    const { timezone = 'UTC' } = window;
    return typeof timezone === 'string' && !timezone.includes('{{') && !isZone(timezone)
      ? [{ rule: 'V03', severity: 'error', pointer: '/window/timezone', message: `"${timezone}" is not a time zone.` }]
      : [];
  },
  run: wait,
  resume: ({ input }) => ({ output: input }),
  simulate: async ({ input }, { mode }) => ({ output: input, would: { wait: mode } }),
});
