import type { Actor, Context, ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, isNull, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Surroundings } from '../surroundings.ts';
import { workflows, type Author, type WorkflowRow } from '../tables.ts';
import { findVersion } from './frozen.ts';

type Reading = Pick<ReadContext, 'db' | 'tenantId'>;

export const notFound = (id: string): Problem => new Problem('workflow-not-found', `There is no workflow "${id.slice(0, 64)}" in this tenant.`);

/** Throws `workflow-not-found`, also for those that were deleted unless these are asked for; `lock` holds it until the transaction ends. */
export async function findWorkflow({ db, tenantId }: Reading, id: string, { lock = false, deleted = false } = {}): Promise<WorkflowRow> {
  if (!isUuid(id)) throw notFound(id);
  const query = db
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, tenantId), eq(workflows.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row || (row.deletedAt !== null) !== deleted) throw notFound(id);
  return row;
}

export const targetOf = ({ id, name, environment, labels }: Pick<WorkflowRow, 'id' | 'name' | 'environment' | 'labels'>): Target => ({
  type: 'workflow',
  id,
  name,
  environment,
  labels,
});

/** For target resolvers: rights and rules are decided on the workflow, with its environment, folder and tags. */
export const workflowTarget = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [
  targetOf(await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id))),
];

/** The workflow as one of its versions has it, which may lie in another environment than the draft. */
export async function versionTarget(ctx: Reading, row: WorkflowRow, version: number | 'draft'): Promise<Target> {
  if (version === 'draft') return targetOf(row);
  const { settings } = await findVersion(ctx, row, version);
  return targetOf({ ...row, environment: settings.environment ?? null });
}

/** For what runs: decided in the environment of what is run, the active version unless another one is named. */
export async function runTarget(ctx: ReadContext, { id, version }: { id: string; version?: number | 'draft' | undefined }): Promise<Target> {
  const row = await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id));
  return versionTarget(ctx, row, version ?? row.activeVersion ?? 'draft');
}

/** For what concerns the draft and what is active alike, which may lie in two environments. */
export async function wholeTargets(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const row = await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id));
  return row.activeVersion === null ? [targetOf(row)] : [targetOf(row), await versionTarget(ctx, row, row.activeVersion)];
}

/** Throws `workflow-archived`: it can be read only. */
export function requireOpen({ name, status }: WorkflowRow): void {
  if (status === 'archived') throw new Problem('workflow-archived', `"${name}" is archived. Activate it before you change it.`);
}

export const authorOf = ({ kind, id, name }: Actor): Author => ({ kind, id, name });

/** `team=network` is the label team: network; a plain tag is a label of its own, and the folder is one too. */
export function labelsOf(tags: readonly string[], folder: string | null): Record<string, string> {
  const pairs = tags.map((tag): [string, string] => {
    const at = tag.indexOf('=');
    return at > 0 ? [tag.slice(0, at), tag.slice(at + 1)] : [tag, 'true'];
  });
  return { ...Object.fromEntries(pairs), ...(folder === null ? {} : { folder }) };
}

const MOST = 60;
/** `Order servers (EU)` is `order-servers-eu`. */
const slugOf = (name: string): string => {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return slug.slice(0, MOST).replace(/-+$/, '') || 'workflow';
};

/** The first of `slug`, `slug-2`, `slug-3` … that no workflow of the tenant has, deleted ones included; nobody else takes it until we are done. */
export async function freeSlug({ db, tenantId }: Reading, name: string): Promise<string> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`workflow-slugs ${tenantId}`}, 0))`);
  const base = slugOf(name);
  const stem = base.slice(0, MOST - 6).replace(/-+$/, '');
  const rows = await db
    .select({ slug: workflows.slug })
    .from(workflows)
    .where(and(eq(workflows.tenantId, tenantId), sql`${workflows.slug} like ${`${stem}%`}`));
  const taken = new Set(rows.map(({ slug }) => slug));
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** How many workflows the tenant has; those in the bin do not count. */
async function countWorkflows(db: Database, tenantId: string): Promise<number> {
  return db.$count(workflows, and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt)));
}

/** Throws `plan-limit` when the plan holds no further workflow. */
export async function requireRoom(ctx: Pick<Context, 'db' | 'tenantId' | 'provider'>): Promise<void> {
  const { plan, workflows: most } = await ctx.provider(Surroundings).limits(ctx.db, ctx.tenantId);
  if (most === null) return;
  const used = await countWorkflows(ctx.db, ctx.tenantId);
  if (used >= most)
    throw new Problem('plan-limit', `All ${most} workflows of the plan ${plan} are in use. Delete one, or change the plan.`, {
      limit: 'workflows',
      used,
      most,
    });
}
