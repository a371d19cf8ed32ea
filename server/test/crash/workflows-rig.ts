import { pino } from 'pino';
import { z } from 'zod';
import type { Actor } from '#kernel/context.ts';
import { Unreachable } from '#kernel/outbound.ts';
import { providerOf } from '#kernel/port.ts';
import { audit } from '#modules/audit/index.ts';
import { governance } from '#modules/governance/index.ts';
import { giveInput } from '#modules/workflows/engine/control.ts';
import { bare, draw, type Drawn } from '#modules/workflows/engine/testing.ts';
import type { Graph, Json, WorkflowSettings } from '#modules/workflows/graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type AnyNodeType } from '#modules/workflows/nodes/declare.ts';
import { NODE_TYPES } from '#modules/workflows/nodes/index.ts';
import { Engine } from '#modules/workflows/providers/port.ts';
import { createCore, type Core, type People } from '../../src/core.ts';
import { agentAdapters } from './agents-rig.ts';

export const TENANT = '0197a1b2-0000-7000-8000-00000000c4a5';
export const ACTOR: Actor = {
  kind: 'user', id: '0197a1b2-0000-7000-8000-00000000c4a6', name: 'ana', email: 'ana@example.test', tenantId: TENANT, tenantSlug: 'a', credentialId: null, permissionCap: null, ip: null,
}; // prettier-ignore

/** Nodes of every effect class that leave their mark outside, or in our own tables. */
function marking(outside: string): AnyNodeType[] {
  const ask = async (method: string, act: string, key: string, mark: string, ms: number): Promise<{ done: boolean }> => {
    const path = `/${act}/${key}?mark=${mark}&ms=${ms}`;
    return fetch(outside + path, { method, signal: AbortSignal.timeout(10_000) })
      .then((answer) => answer.json() as Promise<{ done: boolean }>)
      .catch((cause: unknown) => {
        throw new Unreachable('the outside does not answer', { cause });
      });
  };
  const shared = { version: 1, icon: 'flask-conical', category: 'integration', summary: 'For tests', docs: 'For tests', example: {}, defaults: {}, inputs: MAIN_IN, outputs: MAIN_OUT } as const;
  const config = z.object({ ms: z.int().default(0) });
  return [
    defineNode({ ...shared, type: 'look', label: 'Look', config, effect: 'read', run: async (run, { ms }) => (await ask('GET', 'look', run.key, run.idempotencyKey, ms), { output: 'looked' }) }),
    defineNode({ ...shared, type: 'put', label: 'Put', config, effect: 'effect', idempotent: true, run: async (run, { ms }) => (await ask('POST', 'put', run.key, run.idempotencyKey, ms), { output: 'put' }) }),
    defineNode({ ...shared, type: 'post', label: 'Post', config, effect: 'effect', idempotent: false, run: async (run, { ms }) => (await ask('POST', 'post', run.key, run.idempotencyKey, ms), { output: 'posted' }) }),
    defineNode({ ...shared, type: 'steps', label: 'Steps', config, effect: 'effect', idempotent: true, async run(run) {
      for (const name of ['one', 'two']) await run.step(name, async () => (await ask('POST', name, run.key, run.idempotencyKey, 0), name));
      return { output: 'stepped' };
    } }),
    defineNode({ ...shared, type: 'own', label: 'Own', config, effect: 'effect', idempotent: true, run: (run) => ({ commit: async (ctx) => {
      ctx.emit('custom.marked', { executionId: run.executionId, key: run.key, iteration: run.path });
      return { output: 'announced' };
    } }) }),
    defineNode({ ...shared, type: 'weak', label: 'Weak', config, effect: 'read', run({ attempt, input }) {
      if (attempt === 1) throw new NodeError('weak', 'transient', 'it fails once');
      return { output: input };
    } }),
    defineNode({ ...shared, type: 'hold', label: 'Hold', config, effect: 'wait', run: () => ({ waits: [{ kind: 'input' }], state: 'kept' }), resume: (_run, _config, woken, state) => ({ output: { woken: woken.kind, state } }) }),
  ] as AnyNodeType[];
} // prettier-ignore

export interface EngineOrders {
  databaseUrl: string;
  masterKey: Uint8Array;
  outside: string;
  works: boolean;
  formats?: readonly number[];
}

const nobody: People = {
  authenticate: async () => ACTOR,
  permit: async () => [{ grantId: 'all', scope: { all: true } }],
  holders: async () => [],
  revive: async (actor) => actor,
  rosters: { inRole: async () => [], rolesOf: async () => [], ownersOf: async () => [] },
  teams: { of: async () => [], members: async () => [] },
  alone: async () => false,
  tenantIds: async () => [TENANT],
};

/** The engine around nodes that can be counted: the same in the test and in the processes that are killed. */
export async function openEngine({ databaseUrl, masterKey, outside, works, formats }: EngineOrders): Promise<{ core: Core; engine: Engine }> {
  const core = await createCore({
    databaseUrl,
    masterKey,
    modules: [governance, audit, bare],
    people: () => nobody,
    adapters: () => agentAdapters(outside),
    log: pino({ level: process.env['CRASH_LOG'] ?? 'silent' }, pino.destination(2)),
    works,
    rateLimitFactor: 1000,
    poolSize: 6,
    workflows: { types: new Map([...NODE_TYPES, ...marking(outside).map((type) => [type.type, type] as const)]), ...(formats ? { formats } : {}) },
  });
  if (works) await core.work();
  return { core, engine: providerOf(core.adapters)(Engine) };
}

/** Answers whatever waits for an answer, until it is told to stop. */
export function answering({ databases }: Core, engine: Engine): () => Promise<void> {
  let isOver = false;
  const by = { id: ACTOR.id, name: ACTOR.name };
  const rounds = (async () => {
    while (!isOver) {
      await databases
        .tenant({ tenantId: TENANT }, async (db) => {
          const { rows } = await db.$client.query<{ id: string; execution_id: string }>(`select id, execution_id from execution_waits where state = 'open' and kind = 'input'`);
          for (const { id, execution_id: execution } of rows) await giveInput(db, execution, id, 'yes', by);
          return rows.map(({ execution_id: execution }) => execution);
        })
        .then((given) => given.forEach(engine.nudge), () => undefined);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  })(); // prettier-ignore
  return () => ((isOver = true), rounds);
}

const value = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];

/** One of every effect class in a row, with something computed before and behind; the whole fails once and is tried again. */
export const ROW: Graph = draw(
  { start: ['trigger'], first: value('1'), look: ['look'], put: ['put'], own: ['own'], steps: ['steps'], hold: ['hold'], post: ['post'], weak: ['weak', {}, { retry: { maxAttempts: 1 } }], last: value('"through"') },
  'start -> first -> look -> put -> own -> steps -> hold -> post -> weak -> last',
); // prettier-ignore

export const ROW_SETTINGS: Partial<WorkflowSettings> = { retry: { maxAttempts: 3, initialDelayMs: 5, maxDelayMs: 5 } };

/** One effect outside, as a call that comes in sets off. */
export const ONE: Graph = draw({ start: ['trigger'], a: ['put'] }, 'start -> a');

/** An effect that may not be tried again when nobody knows whether it happened. */
export const POST: Graph = draw({ start: ['trigger'], a: ['post'] }, 'start -> a');

/** Ten workflows as people draw them, for what must hold whatever the graph. */
export const TEN: Graph[] = (
  [
    [{ a: value('1') }, 'start -> a'],
    [{ a: ['put'], b: ['put'] }, 'start -> a -> b'],
    [{ a: ['put'], b: ['look'], m: ['merge', { inputs: 2 }] }, 'start -> a -> m.in1, start -> b -> m.in2'],
    [{ l: ['loop', { items: '[1, 2, 3]' }], a: ['put'] }, 'start -> l, l.body -> a -> l.next'],
    [{ l: ['loop', { items: '[1, 2, 3, 4]', parallel: 4 }], a: ['put'], b: ['own'] }, 'start -> l, l.body -> a -> b -> l.next'],
    [{ c: ['conditional', { expression: 'false' }], a: ['put'], b: ['own'] }, 'start -> c, c.true -> a, c.false -> b'],
    [{ a: ['steps'], b: ['own'], c: ['put'] }, 'start -> a -> b -> c'],
    [{ h: ['hold'], a: ['put'] }, 'start -> h -> a'],
    [{ o: ['loop', { items: '[[1], [2, 3]]', itemName: 'row' }], i: ['loop', { items: 'row' }], a: ['put'] }, 'start -> o, o.body -> i, i.body -> a -> i.next, i.done -> o.next'],
    [{ a: ['put'], h: ['hold'], b: ['put'], m: ['merge', { policy: 'any', combine: 'pick', input: 'in1' }] }, 'start -> a -> m.in1, start -> h -> m.in2, m -> b'],
  ] as [Drawn, string][]
).map(([nodes, lines]) => draw({ start: ['trigger'], ...nodes }, lines)); // prettier-ignore
