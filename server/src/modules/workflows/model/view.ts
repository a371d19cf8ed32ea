import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, inArray, ne, sql } from '#kernel/drizzle.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { scopeCovers } from '#kernel/scope.ts';
import { Surroundings } from '../surroundings.ts';
import type { May, Trigger, Workflow, WorkflowSummary } from '../schemas.ts';
import { workflowTriggers, type TriggerRow, type WorkflowRow } from '../tables.ts';
import { validateGraph } from '../validation/index.ts';
import { factsFor } from './facts.ts';
import { isChanged } from './frozen.ts';
import { targetOf } from './store.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const triggerView = (row: TriggerRow): z.input<typeof Trigger> => ({
  id: row.id,
  workflowId: row.workflowId,
  nodeId: row.nodeId,
  version: row.version,
  kind: row.kind,
  state: row.state,
  hasToken: row.tokenHash !== null,
  oldTokenUntil: iso(row.oldTokenUntil),
  path: row.path,
  cron: row.cron,
  timezone: row.timezone,
  nextRunAt: iso(row.nextRunAt),
  lastRunAt: iso(row.lastRunAt),
  eventTypes: row.eventTypes,
});

type Asking = Pick<ReadContext, 'db' | 'tenantId'>;

/** Triggers of workflows, those of nodes that are gone left out. */
async function triggersOf({ db, tenantId }: Asking, ids: readonly string[]): Promise<Map<string, TriggerRow[]>> {
  if (ids.length === 0) return new Map();
  const mine = and(eq(workflowTriggers.tenantId, tenantId), inArray(workflowTriggers.workflowId, [...ids]), ne(workflowTriggers.state, 'retired'));
  const rows = await db.select().from(workflowTriggers).where(mine).orderBy(workflowTriggers.createdAt, workflowTriggers.id);
  return Map.groupBy(rows, ({ workflowId }) => workflowId);
}

interface Past {
  workflow_id: string;
  id: string;
  status: string;
  at: Date;
}

/** The last executions of workflows, the newest first; test runs and dry runs are none. */
async function pastOf({ db, tenantId }: Asking, ids: readonly string[], most: number): Promise<Map<string, Past[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<Past & Record<string, unknown>>(sql`
    select w.id as workflow_id, e.id, e.status, e.created_at as at
    from unnest(${sql.param([...ids])}::uuid[]) as w (id)
    cross join lateral (
      select id, status, created_at from workflow_executions
      where tenant_id = ${tenantId} and workflow_id = w.id and not is_test and not dry_run order by id desc limit ${most}
    ) e`);
  return Map.groupBy(rows, (row) => row.workflow_id);
}

const common = (row: WorkflowRow, triggers: readonly TriggerRow[], past: readonly Past[]) => {
  const dues = triggers.flatMap(({ nextRunAt, state }) => (nextRunAt && state === 'active' ? [nextRunAt.getTime()] : []));
  const [last] = past;
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    icon: row.icon,
    tags: row.tags,
    folder: row.folder,
    status: row.status,
    environment: row.environment,
    revision: row.revision,
    activeVersion: row.activeVersion,
    runAs: row.settings.runAs,
    owner: { id: row.ownerId, name: row.ownerName },
    triggers: triggers.map(triggerView),
    nextRunAt: dues.length > 0 ? new Date(Math.min(...dues)).toISOString() : null,
    lastExecution: last ? { id: last.id, status: last.status, at: new Date(last.at).toISOString() } : null,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedBy: row.updatedBy,
    updatedAt: row.updatedAt.toISOString(),
    deletedAt: iso(row.deletedAt),
  };
};

const SPARK = 20;

/** Rows of a list, with what starts each and how its last executions ended. */
export async function summariesOf(ctx: Asking, rows: readonly WorkflowRow[]): Promise<z.input<typeof WorkflowSummary>[]> {
  const ids = rows.map(({ id }) => id);
  const [triggers, past] = [await triggersOf(ctx, ids), await pastOf(ctx, ids, SPARK)];
  return rows.map((row) => {
    const outcomes = past.get(row.id) ?? [];
    return { ...common(row, triggers.get(row.id) ?? [], outcomes), outcomes: outcomes.map(({ status }) => status) };
  });
}

const ASKED: { [K in keyof z.input<typeof May>]: { permission: `${string}:${string}`; risk: Risk } } = {
  update: { permission: 'workflows:update', risk: 'write' },
  publish: { permission: 'workflows:publish', risk: 'write' },
  execute: { permission: 'workflows:execute', risk: 'write' },
  debug: { permission: 'workflows:debug', risk: 'write' },
  schedule: { permission: 'workflows:schedule', risk: 'write' },
  delete: { permission: 'workflows:delete', risk: 'high' },
};

type Viewing = Pick<ReadContext, 'db' | 'tenantId' | 'actor' | 'provider' | 'now'>;

/** What the caller may do with the workflow, their Scopes considered. */
async function mayOf({ db, actor, provider }: Viewing, row: WorkflowRow): Promise<z.input<typeof May>> {
  const { permit } = provider(Surroundings);
  const target = targetOf(row);
  const entries: [string, boolean][] = [];
  for (const [name, wanted] of Object.entries(ASKED)) {
    const reach = await permit(db, actor, { name: `workflows.${name}`, ...wanted }).catch((error: unknown) => {
      if (error instanceof Problem) return [];
      throw error;
    });
    entries.push([name, reach.some(({ scope }) => scopeCovers(scope, target))]);
  }
  return Object.fromEntries(entries) as z.input<typeof May>;
}

/** The workflow with its draft, and what validation and the caller's rights say of it. */
export async function workflowView(ctx: Viewing, row: WorkflowRow): Promise<z.input<typeof Workflow>> {
  const triggers = (await triggersOf(ctx, [row.id])).get(row.id) ?? [];
  const past = (await pastOf(ctx, [row.id], 1)).get(row.id) ?? [];
  const facts = await factsFor(ctx, row.draft, { workflowId: row.id, environment: row.environment });
  const { errors, warnings } = validateGraph(facts, row.draft, row.settings);
  return {
    ...common(row, triggers, past),
    version: row.revision,
    draft: row.draft,
    settings: row.settings,
    serviceAccountId: row.serviceAccountId,
    changed: await isChanged(ctx, row),
    validation: { errors: errors.length, warnings: warnings.length },
    may: await mayOf(ctx, row),
  };
}
