import { z } from 'zod';
import type { Json } from '../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type AnyNodeType, type NodeRun } from '../nodes/declare.ts';

/** What tests see of nodes that act, and how they make them behave. */
export interface Probe {
  types: ReadonlyMap<string, AnyNodeType>;
  /** Keys and idempotency keys of acts, in order. */
  acts: { key: string; path: string; idempotencyKey: string; attempt: number }[];
  /** What the node with this key does instead. */
  on: Map<string, (run: NodeRun) => Promise<Json> | Json>;
  /** Acts under way, and the most there were at once. */
  now: number;
  most: number;
}

const Config = z.object({
  value: z.any().optional(),
  ms: z.int().default(0),
  fails: z.int().default(0),
  class: z.string().default('transient'),
  secret: z.string().optional().meta({ expression: 'secret' }),
});

/** Nodes of every effect class whose acts are counted. */
export function probes(): Probe {
  const probe: Probe = { types: new Map(), acts: [], on: new Map(), now: 0, most: 0 };
  const act = async (run: NodeRun, { value, ms, fails, class: fault }: z.output<typeof Config>): Promise<{ output: Json }> => {
    probe.acts.push({ key: run.key, path: run.path, idempotencyKey: run.idempotencyKey, attempt: run.attempt });
    probe.now += 1;
    probe.most = Math.max(probe.most, probe.now);
    try {
      if (ms > 0) await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        run.signal.addEventListener('abort', () => (clearTimeout(timer), reject(run.signal.reason as Error)));
      });
      if (run.attempt <= fails) throw new NodeError('probe-failed', fault as 'transient', `attempt ${run.attempt}`);
      return { output: (await probe.on.get(run.key)?.(run)) ?? (value as Json | undefined) ?? run.input };
    } finally {
      probe.now -= 1;
    }
  }; // prettier-ignore
  const shared = {
    version: 1,
    icon: 'flask-conical',
    category: 'integration',
    summary: 'For tests',
    docs: 'For tests',
    config: Config,
    example: {},
    defaults: {},
    inputs: MAIN_IN,
    outputs: MAIN_OUT,
    run: act,
  } as const;
  const types = [
    defineNode({ ...shared, type: 'read_probe', label: 'Read', effect: 'read' }),
    defineNode({ ...shared, type: 'put_probe', label: 'Put', effect: 'effect', idempotent: true }),
    defineNode({ ...shared, type: 'post_probe', label: 'Post', effect: 'effect', idempotent: false }),
  ] as AnyNodeType[]; // prettier-ignore
  probe.types = new Map(types.map((type) => [type.type, type]));
  return probe;
}
