import type { Context } from '#kernel/context.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { SecretReferences, type Reference } from '#kernel/secret-references.ts';
import type { Graph } from '../graph.ts';
import { workflows, workflowVersions, type VersionRow, type WorkflowRow, type WorkflowStatus } from '../tables.ts';
import type { Report } from '../validation/index.ts';
import { draftContent, versionWith } from './frozen.ts';
import { asVersion } from './hash.ts';
import { authorOf } from './store.ts';
import { silence, syncTriggers } from './triggers.ts';
import { referencesOf } from './uses.ts';

/** The secrets that each node of a graph names. */
const secretsOf = ({ nodes }: Graph, environment: string | null): Reference[] =>
  nodes.flatMap((node) =>
    [...new Set(referencesOf(node).secrets)].map((name, at) => ({ pointer: `/${node.key}/${at}`, text: `secret://${name}`, environment })),
  );

/** The draft as a version: that which has the same content already, or a new number. */
export async function freeze(ctx: Context, row: WorkflowRow, report: Report, note: string | null, tests: VersionRow['testResult']): Promise<VersionRow> {
  const hash = draftContent(row);
  const known = await versionWith(ctx, row.id, hash);
  if (known) return known;
  const { db, tenantId } = ctx;
  const number = row.lastVersion + 1;
  await db.update(workflows).set({ lastVersion: number }).where(and(eq(workflows.tenantId, tenantId), eq(workflows.id, row.id)));
  const place = { tenantId, id: newId(), workflowId: row.id, number };
  const content = { graph: asVersion(row.draft), settings: row.settings, hash, serviceAccountId: row.settings.runAs === 'service' ? row.serviceAccountId : null };
  const [made] = await db
    .insert(workflowVersions)
    .values({ ...place, ...content, note, author: authorOf(ctx.actor), validation: report, testResult: tests, createdAt: ctx.now(), updatedAt: ctx.now() })
    .returning();
  await thinOut(ctx, row.id);
  return made!;
} // prettier-ignore

/** Of versions that were never active and never ran, the last fifty are kept (workflows.md 4.2). */
async function thinOut({ db, tenantId }: Context, workflowId: string): Promise<void> {
  await db.execute(sql`
    delete from workflow_versions v where v.tenant_id = ${tenantId} and v.id in (
      select o.id from workflow_versions o where o.tenant_id = ${tenantId} and o.workflow_id = ${workflowId} and o.published_at is null
        and not exists (select from workflow_executions e where e.tenant_id = o.tenant_id and e.workflow_id = o.workflow_id and e.version = o.number)
      order by o.number desc offset 50)`);
}

/** Its triggers are on, and the secrets that it names are held for it. */
async function begin(ctx: Context, row: WorkflowRow, version: VersionRow): Promise<WorkflowRow> {
  const { db, tenantId } = ctx;
  const link = { kind: 'workflow', id: row.id, name: row.name };
  await ctx.provider(SecretReferences).link(ctx, link, secretsOf(version.graph, version.settings.environment ?? null));
  const [saved] = await db
    .update(workflows)
    .set({ activeVersion: version.number, status: 'active', updatedBy: authorOf(ctx.actor), updatedAt: ctx.now() })
    .where(and(eq(workflows.tenantId, tenantId), eq(workflows.id, row.id)))
    .returning();
  await syncTriggers(ctx, row, version, 'active');
  return saved!;
}

/** The version is what triggers use from the commit on; what runs ends on its own. */
export async function activate(ctx: Context, row: WorkflowRow, version: VersionRow): Promise<WorkflowRow> {
  const at = ctx.now();
  await ctx.db
    .update(workflowVersions)
    .set({ publishedAt: version.publishedAt ?? at, updatedAt: at })
    .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, version.id)));
  const saved = await begin(ctx, row, version);
  const back = row.activeVersion !== null && version.number < row.activeVersion;
  const told = { workflowId: row.id, name: row.name, version: version.number, before: row.activeVersion, by: ctx.actor.id };
  ctx.emit(back ? 'workflow.rolled_back' : 'workflow.published', told);
  return saved;
}

/** What was paused or put away goes on with the version that was active. */
export async function resume(ctx: Context, row: WorkflowRow, version: VersionRow): Promise<WorkflowRow> {
  const saved = await begin(ctx, row, version);
  ctx.emit('workflow.activated', { workflowId: row.id, name: row.name, version: version.number, by: ctx.actor.id });
  return saved;
}

/** Nothing starts it by itself, and no secret is held for it when it is put away. */
export async function rest(ctx: Context, row: WorkflowRow, status: Extract<WorkflowStatus, 'paused' | 'archived'>): Promise<WorkflowRow> {
  const mine = and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, row.id));
  const [saved] = await ctx.db.update(workflows).set({ status, updatedBy: authorOf(ctx.actor), updatedAt: ctx.now() }).where(mine).returning(); // prettier-ignore
  await silence(ctx, row);
  if (status === 'archived') await ctx.provider(SecretReferences).unlink(ctx.db, ctx.tenantId, { kind: 'workflow', id: row.id });
  ctx.emit(`workflow.${status}`, { workflowId: row.id, name: row.name, by: ctx.actor.id });
  return saved!;
}
