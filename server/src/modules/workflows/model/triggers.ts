import type { Context } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, inArray, ne } from '#kernel/drizzle.ts';
import { canonicalJson, newId, sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { workflowTriggers, type TriggerRow, type VersionRow, type WorkflowRow } from '../tables.ts';
import { EventTrigger, ScheduleTrigger, WebhookTrigger } from '../triggers/config.ts';
import { nextDue } from '../triggers/schedule/rules.ts';
import { TriggersChanged } from '../triggers/topic.ts';
import { triggersIn } from './uses.ts';

type Writing = Pick<Context, 'db' | 'tenantId' | 'now' | 'emit' | 'provider' | 'afterCommit'>;
type Config = Record<string, Json>;

/** Modes that something outside the workflow sets off; those of `manual` and the like need no row but are listed all the same. */
const AUTOMATIC: ReadonlySet<string> = new Set(['webhook', 'schedule', 'event']);

interface Parts {
  path: string | null;
  cron: string | null;
  timezone: string | null;
  nextRunAt: Date | null;
  eventTypes: string[];
}
const NONE: Parts = { path: null, cron: null, timezone: null, nextRunAt: null, eventTypes: [] };

/** What the index of triggers holds of a configuration; validation has passed it. */
function partsOf(mode: string, config: Config, zone: string, now: Date): Parts {
  if (mode === 'webhook') return { ...NONE, path: WebhookTrigger.parse(config).path ?? null };
  if (mode === 'event') return { ...NONE, eventTypes: EventTrigger.parse(config).types };
  if (mode !== 'schedule') return NONE;
  const schedule = ScheduleTrigger.parse(config);
  const timezone = schedule.timezone ?? zone;
  return { ...NONE, cron: schedule.cron ?? null, timezone, nextRunAt: nextDue({ ...schedule, zone: timezone, since: now }, now) };
}

const rowsOf = ({ db, tenantId }: Pick<Writing, 'db' | 'tenantId'>, workflowId: string): Promise<TriggerRow[]> =>
  db
    .select()
    .from(workflowTriggers)
    .where(and(eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.workflowId, workflowId)))
    .orderBy(workflowTriggers.createdAt, workflowTriggers.id);

/** Whoever keeps triggers in mind reads them again, and hears of it by an event too. */
export function tellTriggers(ctx: Writing, { id, name }: Pick<WorkflowRow, 'id' | 'name'>, version: number, kinds: readonly string[]): void {
  ctx.emit('workflow.trigger_changed', { workflowId: id, name, version, triggers: kinds });
  ctx.afterCommit(() => ctx.provider(TriggersChanged).changed());
}

/** Fields of the row of a node; a schedule that stays as it was keeps its next time. */
function fieldsOf(known: TriggerRow | undefined, mode: string, config: Config, state: TriggerRow['state'], zone: string, now: Date) {
  const configHash = sha256(canonicalJson({ mode, config, zone }));
  const parts = partsOf(mode, config, zone, now);
  const stays = known?.configHash === configHash && known.state === 'active' && state === 'active' && known.nextRunAt !== null;
  return { kind: mode, config, configHash, state, ...parts, ...(stays ? { nextRunAt: known.nextRunAt } : {}) };
}

const pathTaken = (error: unknown): never => {
  throw isUniqueViolation(error, 'workflow_triggers_path')
    ? new Problem('workflow-invalid', 'Another workflow has a webhook with this path. Choose another path.', { findings: [] })
    : error;
};

/**
 * Makes the version's triggers those that start the workflow, in the transaction that makes it active. Rows of nodes that are gone stay as
 * `retired`, so that their addresses come back with a roll back.
 */
export async function syncTriggers(ctx: Writing, row: Pick<WorkflowRow, 'id' | 'name'>, version: VersionRow, state: 'active' | 'paused'): Promise<void> {
  const { db, tenantId } = ctx;
  const [now, zone] = [ctx.now(), await ctx.provider(Surroundings).timezone(db, tenantId)];
  const known = new Map((await rowsOf(ctx, row.id)).map((one) => [one.nodeId, one]));
  const wanted = triggersIn(version.graph);
  const gone = [...known.values()].filter(({ nodeId }) => !wanted.some(({ node }) => node.id === nodeId)).map(({ id }) => id);
  // First of all, so that a path that moves from one node to another is free.
  if (gone.length > 0)
    await db
      .update(workflowTriggers)
      .set({ state: 'retired', nextRunAt: null, updatedAt: now })
      .where(and(eq(workflowTriggers.tenantId, tenantId), inArray(workflowTriggers.id, gone)));
  for (const { node, mode } of wanted) {
    const old = known.get(node.id);
    const fields = { ...fieldsOf(old, mode, node.config, state, zone, now), version: version.number, updatedAt: now };
    const mine = and(eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.workflowId, row.id), eq(workflowTriggers.nodeId, node.id));
    if (old) await db.update(workflowTriggers).set(fields).where(mine).catch(pathTaken);
    else await db.insert(workflowTriggers).values({ tenantId, id: newId(), workflowId: row.id, nodeId: node.id, ...fields, createdAt: now }).catch(pathTaken);
  }
  tellTriggers(ctx, row, version.number, wanted.map(({ mode }) => mode));
} // prettier-ignore

/** Nothing starts the workflow by itself any more, until it is activated. */
export async function silence(ctx: Writing, row: Pick<WorkflowRow, 'id' | 'name' | 'activeVersion'>): Promise<void> {
  if (row.activeVersion === null) return;
  const mine = and(eq(workflowTriggers.tenantId, ctx.tenantId), eq(workflowTriggers.workflowId, row.id), ne(workflowTriggers.state, 'retired'));
  await ctx.db.update(workflowTriggers).set({ state: 'paused', nextRunAt: null, updatedAt: ctx.now() }).where(mine);
  tellTriggers(ctx, row, row.activeVersion, []);
}

/** Do two versions start by themselves in the same way? Who changes that needs a permission of its own. */
export function sameTriggers(before: VersionRow | undefined, after: Pick<VersionRow, 'graph'>): boolean {
  const told = (graph: VersionRow['graph']): string =>
    canonicalJson(triggersIn(graph).filter(({ mode }) => AUTOMATIC.has(mode)).map(({ node, mode }) => ({ id: node.id, mode, config: node.config }))); // prettier-ignore
  return told(before?.graph ?? { nodes: [], connections: [] }) === told(after.graph);
}
