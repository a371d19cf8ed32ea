import { expect } from 'vitest';
import type { Module } from '#kernel/module.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { policies } from '#modules/policies/index.ts';
import { createEgress } from '#modules/workflows/egress/adapter.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { draw, publish, startOf, type Drawn } from '#modules/workflows/engine/testing.ts';
import type { Json } from '#modules/workflows/graph.ts';
import { workflows } from '#modules/workflows/index.ts';
import { Engine } from '#modules/workflows/providers/port.ts';
import { lampModule, LampPort, lampServer } from './lamps.ts';
import { setOf } from './rules.ts';
import { createWorld, type Person } from './world.ts';

const INSTALLATION = setOf('installation', [
  'id: no-forbidden\ntype: deny\nmatch: { resources: { ids: [forbidden] } }\nmessage: This lamp stays dark.',
]);

/** The real Gate, rules, jobs and engine, over lamps; a laboratory, so that servers of the test may be asked. */
export async function workflowWorld({
  modules = [],
  adapters = [],
}: { modules?: readonly Module[]; adapters?: readonly (readonly [Port<unknown>, unknown])[] } = {}) {
  const lamps = lampServer();
  const closed: ReadonlySet<string> = new Set();
  const world = await createWorld({
    modules: [lampModule, policies, workflows, ...modules],
    adapters: ({ now }) => [
      provide(LampPort, lamps),
      provide(Egress, createEgress({ allowPrivateTargets: true, openable: ['10.20.0.0/16'], closed, now })),
      ...adapters,
    ],
    platformPolicies: [{ file: 'installation.yaml', document: INSTALLATION }],
  });
  const [ana, bob] = ['ana', 'bob'].map((name) => world.as({ name })) as [Person, Person];
  const engine = providerOf(world.adapters)(Engine);

  const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
    world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query<R>(text, values)).rows);

  /** Starts a workflow of these nodes behind a trigger by hand. */
  async function begin(nodes: Drawn, lines: string, inputs: Json = {}, who = ana): Promise<string> {
    const published = await publish(world.databases, who.actor.tenantId, draw({ start: ['trigger', { mode: 'manual' }], ...nodes }, lines));
    return (await engine.start(startOf(published, who.actor, inputs))).executionId;
  }
  /** Its answer, and the last record of each node. */
  async function ended(executionId: string) {
    const answer = await engine.answered(executionId, 'end', 60_000);
    if (!answer)
      throw new Error(
        `it does not end: ${JSON.stringify(await sql('select status, wake_at from workflow_executions where id = $1', [executionId]))} ${world.faults.join('\n')}`,
      );
    const rows = await sql<{ key: string; status: string; output: Json; error: Json }>(
      'select node_key as key, status, output, error from node_executions where execution_id = $1 order by started_at, id',
      [executionId],
    );
    return { ...answer, records: Object.fromEntries(rows.map(({ key, ...row }) => [key, row])) };
  }
  return {
    world, lamps, ana, bob, sql, begin, ended,
    run: async (nodes: Drawn, lines: string, inputs: Json = {}, who = ana) => ended(await begin(nodes, lines, inputs, who)),
    beforeEach(): void {
      lamps.fail = undefined;
      lamps.hold = undefined;
      lamps.calls.length = 0;
    },
  }; // prettier-ignore
}
export type WorkflowWorld = Awaited<ReturnType<typeof workflowWorld>>;

/** One node that calls an Operation. */
export const one = (config: Record<string, Json>, settings: Record<string, Json> = {}): Drawn => ({ op: ['operation', config, settings] });
export const set = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];
/** Waits for what jobs and workers bring about; long, since the machine may be busy. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });
