import { randomInt } from 'node:crypto';
import { ROLES, urlFor, type Database } from '#kernel/database.ts';
import type { Gate } from '#kernel/gate.ts';
import type { BulkSubscriber } from '#kernel/events.ts';
import type { Counters } from '#kernel/counters.ts';
import { provide, providerOf, type Adapters, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { holdLock, type SessionLock } from '#kernel/session-lock.ts';
import { Vault } from '#modules/secrets/providers/port.ts';
import { inForceAt } from '#modules/secrets/resolution.ts';
import { ALIVE_SPACE } from '#modules/workflows/engine/claim.ts';
import { createTurns } from '#modules/workflows/engine/turns.ts';
import { createEngine, type EngineOptions } from '#modules/workflows/engine/engine.ts';
import { crashPoint } from '#modules/workflows/engine/crash.ts';
import { scripts } from '#modules/workflows/nodes/code/pool.ts';
import { closeScripts } from '#modules/workflows/nodes/code/index.ts';
import { NODE_TYPES } from '#modules/workflows/nodes/index.ts';
import { Engine } from '#modules/workflows/providers/port.ts';
import { Surroundings } from '#modules/workflows/surroundings.ts';
import type { Parts, People } from './core.ts';
import { generationAdapter } from './generations.ts';

export interface WorkflowOptions {
  /** Multiplies limits of plans, as it does quotas. */
  factor: number;
  /** Told of what happens, for metrics. */
  observe?: Partial<EngineOptions['observe'] & { script: (seconds: number) => void }> | undefined;
  /** Node types instead of the product's. */
  types?: EngineOptions['types'];
  /** Executions in this process at once. */
  room?: number;
  /** Formats of records that this process knows. */
  formats?: readonly number[];
}

interface Around {
  databaseUrl: string;
  masterKey: Uint8Array;
  adapters: () => Adapters;
  gate: () => Gate;
  counters: () => Counters;
}

/** However far a factor reaches: one process has room for 200. */
const MOST_RUNNING = 100_000;
const nothing = (): void => undefined;
const NOTHING = { written: nothing, ended: nothing, waited: nothing, recovered: nothing, node: nothing, tool: nothing, inDoubt: nothing };

/** What module workflows asks of the others while a workflow runs. */
function surroundingsOf({ adapters }: Around): Pick<EngineOptions, 'vars' | 'limits'> {
  const provider = <T>(port: Port<T>): T => providerOf(adapters())(port);
  return {
    limits: (db, tenantId) => provider(Surroundings).limits(db, tenantId),
    async vars(db: Database, { tenantId }, environment, names) {
      const vault = provider(Vault);
      const found = [...(await inForceAt(db, tenantId, { project: null, environment }, names)).values()].filter(({ kind }) => kind === 'variable');
      const values: Record<string, string> = {};
      for (const row of found) values[row.name] = await vault.open(db, row, { number: row.currentVersion, sealed: row.sealed });
      return values;
    },
  };
}

/** The engine of workflows in this process: it accepts everywhere, and carries on where work is done. */
export function wireWorkflows(parts: Parts, people: Pick<People, 'revive'>, around: Around, options: WorkflowOptions) {
  const { databases, live, now, log, sealer, registry } = parts;
  const { factor } = options;
  const owner = randomInt(1, 2 ** 31 - 1);
  const onError = (error: Error): void => log.error({ err: error }, 'workflows');
  const base = surroundingsOf(around);
  const provider = <T>(port: Port<T>): T => providerOf(around.adapters())(port);
  if (options.observe?.script) scripts.took = options.observe.script;
  const { engine, worker, fanOut } = createEngine({
    databases, live, now, sealer, registry, owner, onError, gate: around.gate, revive: people.revive, provider, types: options.types ?? NODE_TYPES,
    observe: { ...NOTHING, ...options.observe }, crashPoint: (name) => crashPoint.at(name), vars: base.vars,
    ...(options.room === undefined ? {} : { room: options.room }), ...(options.formats ? { formats: options.formats } : {}),
    async limits(db, tenantId) {
      const plan = await base.limits(db, tenantId);
      return { ...plan, running: Math.min(MOST_RUNNING, Math.ceil(plan.running * factor)), startsPerMinute: Math.ceil(plan.startsPerMinute * factor) };
    },
    async countStart(tenantId, perMinute) {
      const { allowed, tightest } = await around.counters().take(tenantId, [{ key: 'tenant', name: 'workflow-starts', limit: perMinute, seconds: 60 }]);
      if (allowed) return;
      const retryAfterSeconds = Math.max(1, Math.ceil(tightest.waitMs / 1_000));
      throw new Problem('rate-limited', `No more than ${perMinute} executions are started within a minute. Wait, or spread them.`, { retryAfterSeconds });
    },
    turns: createTurns({
      databases, owner, onError,
      limitsOf: (db, { row, workflow }, names) => provider(SecretReferences).limits(db, { tenantId: row.tenantId, environment: workflow.environment }, names),
    }),
    secrets: ({ row, workflow }, { node }, names) =>
      databases.tenant({ tenantId: row.tenantId, operation: 'workflow secrets' }, async (db) => {
        const { kind, id, name, ip } = row.principal;
        const use = { tenantId: row.tenantId, actor: { kind, id, name, ip }, operation: 'workflows.execute', purpose: `node "${node.key}" of workflow "${workflow.name}"`, executionId: row.id, environment: workflow.environment };
        const values = await provider(SecretReferences).resolve(db, use, names.map((one) => `secret://${one}`));
        return Object.fromEntries(names.map((one, at) => [one, values[at]!]));
      }),
  }); // prettier-ignore
  let alive: SessionLock | undefined;
  return {
    adapters: [generationAdapter(parts, around.counters, factor), provide(Engine, engine)],
    /** Wakes what waits for events and for Changes, in their dispatch. */
    fanOut: fanOut satisfies BulkSubscriber,
    async work(): Promise<void> {
      if (!registry.modules.some(({ name }) => name === 'workflows')) return;
      alive = await holdLock(urlFor(around.databaseUrl, ROLES.platform, around.masterKey), ALIVE_SPACE, owner, onError);
      worker.start();
    },
    /** Answers how many executions had to be broken off; others go on with them. */
    async stop(deadlineMs: number): Promise<number> {
      const left = await worker.stop(deadlineMs);
      await closeScripts();
      await alive?.close();
      return left;
    },
  };
}
