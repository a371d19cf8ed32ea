import type { ReadContext } from '#kernel/context.ts';
import { and, desc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { workflowVersions, type VersionRow, type WorkflowRow } from '../tables.ts';
import { contentHash } from './hash.ts';

type Asking = Pick<ReadContext, 'db' | 'tenantId'>;

const versionsOf = ({ tenantId }: Asking, workflowId: string) =>
  and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.workflowId, workflowId));

/** Throws `version-not-found`. */
export async function findVersion(ctx: Asking, row: Pick<WorkflowRow, 'id' | 'name' | 'lastVersion'>, number: number): Promise<VersionRow> {
  const [found] = await ctx.db
    .select()
    .from(workflowVersions)
    .where(and(versionsOf(ctx, row.id), eq(workflowVersions.number, number)));
  if (found) return found;
  throw new Problem(
    'version-not-found',
    `"${row.name}" has no version ${number}${row.lastVersion > 0 ? `; its newest is ${row.lastVersion}` : ' yet'}.`,
  );
}

/** The newest version with this content, if there is one: the same is not given a number twice. */
export async function versionWith(ctx: Asking, workflowId: string, hash: string): Promise<VersionRow | undefined> {
  const [found] = await ctx.db
    .select()
    .from(workflowVersions)
    .where(and(versionsOf(ctx, workflowId), eq(workflowVersions.hash, hash)))
    .orderBy(desc(workflowVersions.number))
    .limit(1);
  return found;
}

/** Hash of what the draft would be as a version. */
export const draftContent = ({ draft, settings, serviceAccountId }: Pick<WorkflowRow, 'draft' | 'settings' | 'serviceAccountId'>): string =>
  contentHash(draft, settings, settings.runAs === 'service' ? serviceAccountId : null);

/** Is the draft something else than what is active? */
export async function isChanged(ctx: Asking, row: WorkflowRow): Promise<boolean> {
  if (row.activeVersion === null) return true;
  const [active] = await ctx.db
    .select({ hash: workflowVersions.hash })
    .from(workflowVersions)
    .where(and(versionsOf(ctx, row.id), eq(workflowVersions.number, row.activeVersion)));
  return active?.hash !== draftContent(row);
}
