import { z } from 'zod';

/** What the connection of kind `simulated` may set. */
export const SimulatorSettings = z.strictObject({
  seed: z.string().min(1).max(64).default('switchyard').meta({ title: 'Seed', help: 'Same seed and calls, same ids, addresses and timings' }),
  speed: z.number().min(0).max(10_000).default(1).meta({ title: 'Speed of its clock', help: '1 is real time, 0 freezes it' }),
  latencyMs: z.number().int().min(0).max(5_000).default(35).meta({ title: 'Median latency of its API (ms)' }),
  lagSeconds: z.number().min(0).max(5).default(0).meta({ title: 'Consistency lag (s)', help: 'A new server stays out of lists for up to this long' }),
});
export type SimulatorSettings = z.output<typeof SimulatorSettings>;

export const FAULT_KINDS = [
  'throttle',
  'server-error',
  'hang',
  'reset-before',
  'lost-answer',
  'stuck-action',
  'failing-action',
  'capacity',
  'quota',
  'revoked-credential',
  'partial-list',
  'page-shift',
  'external-delete',
  'external-edit',
] as const;

/** When to misbehave, and how. Matches calls of `operation` (`*` is all): at the n-th, or with a probability, at most `count` times. */
export const Fault = z.strictObject({
  operation: z
    .enum(['*', 'list', 'get', 'find', 'latest', 'create', 'update', 'delete', 'power', 'resize', 'protect', 'poll', 'catalog', 'identify'])
    .default('*'),
  kind: z.enum(FAULT_KINDS),
  probability: z.number().min(0).max(1).optional().meta({ title: 'Probability', help: 'Of each matching call; default 1' }),
  nth: z.number().int().min(1).optional().meta({ title: 'Only at the n-th matching call' }),
  count: z.number().int().min(1).max(1_000_000).optional().meta({ title: 'At most so often' }),
});
export type Fault = z.output<typeof Fault>;
export type FaultKind = Fault['kind'];

const name = z.string().min(1).max(63);
/** What somebody does in the provider's own console, behind our back. `server` is the id there, or the name. */
export const Edit = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('delete'), server: name }),
  z.strictObject({
    act: z.literal('edit'),
    server: name,
    size: z.string().max(63).optional(),
    name: name.optional(),
    power: z.enum(['on', 'off']).optional(),
    protected: z.boolean().optional(),
    labels: z.record(z.string().max(63), z.string().max(63)).optional(),
    /** The guest ignores the shutdown signal from now on. */
    ignoresShutdown: z.boolean().optional(),
  }),
  z.strictObject({
    act: z.literal('create'),
    name,
    region: z.string().max(63).default('sim-eu-1'),
    size: z.string().max(63).default('std-1'),
    image: z.string().max(63).default('debian-13'),
    /** Leaves our mark on it, as a creation does whose answer and job were lost. */
    mark: z.strictObject({ id: z.uuid(), change: z.string().max(63) }).optional(),
  }),
]);
export type Edit = z.output<typeof Edit>;
