import { pino } from 'pino';
import { sql } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { draw, publish, type Drawn } from '#modules/workflows/engine/testing.ts';
import type { Json, WorkflowSettings } from '#modules/workflows/graph.ts';
import { workflows } from '#modules/workflows/index.ts';
import { Engine, type Answer } from '#modules/workflows/providers/port.ts';
import { Surroundings, type Surroundings as Around } from '#modules/workflows/surroundings.ts';
import { createHttp } from '#surfaces/http.ts';
import { createReachOf } from '../src/hearing.ts';
import { createWorld, type Person, type WorldOptions } from './world.ts';

const LIMITS = { plan: 'enterprise', workflows: null, nodes: 500, connections: 1_000, webhooks: null, scheduleSeconds: 10, running: 200, generationsPerMinute: 200, startsPerMinute: 100_000, queued: 100_000, retentionDays: 400, fileMiB: 2_000 }; // prettier-ignore

/** Workflows with triggers, in a world whose service accounts are its people. */
export async function createFlows(options: Partial<WorldOptions> = {}) {
  const accounts = new Map<string, Person>();
  const secrets = new Map<string, string>();
  const around: Around = {
    operations: new Map(),
    limits: async () => LIMITS,
    permit: async () => [],
    eventTypes: () => [],
    hearing: async () => [],
    isWithin: () => true,
    names: async () => ({ secrets: new Set(), variables: new Set() }),
    timezone: async () => 'UTC',
    budgetsRequired: async () => false,
    waitingPublishes: async () => [],
    servicePrincipal: async () => undefined,
    async asService(_tenantId, id) {
      const found = accounts.get(id);
      if (!found) throw new Problem('unauthenticated', 'The service account is gone.');
      return found.actor;
    },
  };
  const references = { resolve: async (_db: unknown, _use: unknown, texts: readonly string[]) => texts.map((text) => secrets.get(text) ?? text), limits: async () => [] } as unknown as SecretReferences; // prettier-ignore
  const world = await createWorld({
    ...options,
    modules: [workflows, ...(options.modules ?? [])],
    adapters: (parts, people) => [
      provide(Surroundings, { ...around, permit: people.permit, hearing: createReachOf(parts.registry, people) }),
      provide(SecretReferences, references),
      ...(options.adapters?.(parts, people) ?? []),
    ],
  });
  const tenantId = world.tenants.a;
  const nothing = async () => ({ status: 200, body: {} });
  const { app } = await createHttp({
    registry: world.registry,
    gate: world.gate,
    hooks: world.hooks,
    config: { publicUrl: 'http://localhost:8420', version: '0', rateLimitFactor: 1000 },
    log: pino({ level: 'silent' }),
    feeds: { change: () => ({}) as never, tenant: () => ({}) as never },
    probes: { live: nothing, ready: nothing, health: nothing, metrics: async () => ({ contentType: 'text/plain', body: '' }) },
  });
  const rows = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
    world.databases.tenant({ tenantId }, async (db) => (await db.$client.query<R>(text, values)).rows);

  return {
    ...world,
    tenantId,
    app,
    secrets,
    rows,
    engine: (): Engine => providerOf(world.adapters)(Engine),
    /** A service account that may do what it is said to. */
    account(person: Person): string {
      accounts.set(person.actor.id, person);
      return person.actor.id;
    },
    dismiss: (id: string) => void accounts.delete(id),
    asService: (id: string) => around.asService(tenantId, id),
    /** A published workflow whose first node is a trigger that is on; with a token when it is a webhook. */
    async launch(
      trigger: Record<string, Json>,
      nodes: Drawn,
      lines: string,
      {
        account,
        nextRunAt,
        settings = {},
        at = new Date(),
      }: { account?: string; nextRunAt?: Date; settings?: Partial<WorkflowSettings>; at?: Date } = {},
    ) {
      const graph = draw({ start: ['trigger', trigger], ...nodes }, lines);
      const { workflowId } = await publish(world.databases, tenantId, graph, { ...settings, ...(account ? { runAs: 'service' } : {}) });
      const [triggerId, token] = [newId(), randomToken()];
      const kind = String(trigger['mode']);
      await world.databases.tenant({ tenantId }, async (db) => {
        await db.execute(sql`update workflow_versions set service_account_id = ${account ?? null} where workflow_id = ${workflowId}`);
        await db.execute(sql`insert into workflow_triggers (tenant_id, id, workflow_id, version, node_id, kind, config, config_hash, state, token_hash, path, timezone, next_run_at, created_at)
          values (${tenantId}, ${triggerId}, ${workflowId}, 1, ${graph.nodes[0]!.id}, ${kind}, ${JSON.stringify(trigger)}::jsonb, 'x', 'active', ${kind === 'webhook' ? sha256(token) : null}, ${(trigger['path'] as string | undefined) ?? null},
            ${(trigger['timezone'] as string | undefined) ?? 'UTC'}, ${nextRunAt?.toISOString() ?? null}, ${at.toISOString()})`);
      });
      return { workflowId, triggerId, token, graph };
    },
    /** Waits for an execution to end. */
    async ended(executionId: string): Promise<Answer> {
      const answer = await providerOf(world.adapters)(Engine).answered(executionId, 'end', 30_000);
      if (!answer) throw new Error(`it does not end: ${JSON.stringify(await rows('select status, wake_at, error from workflow_executions where id = $1', [executionId]))} ${world.faults.join('\n')}`); // prettier-ignore
      return answer;
    },
    async close() {
      await app.close();
      await world.close();
    },
  };
}
export type Flows = Awaited<ReturnType<typeof createFlows>>;
