import type { ReadContext } from '#kernel/context.ts';
import type { z } from 'zod';
import { and, desc, eq } from '#kernel/drizzle.ts';
import type { Fault, PolicySet } from './engine/index.ts';
import { Policies } from './providers/port.ts';
import { activationView, setView, versionView, type PolicySetDetail, type PolicySummary, type VersionDetail } from './schemas.ts';
import { activationsOf, findVersion, isProtected } from './store.ts';
import { policyVersions, type SetRow } from './tables.ts';
import { Problem } from '#kernel/problem.ts';

export const policySummaries = ({ policies }: Pick<PolicySet, 'policies'>): z.input<typeof PolicySummary>[] =>
  policies.map(({ id, type, enabled, enforcement, severity, phases, message }) => ({
    id,
    type,
    enabled,
    enforcement,
    severity,
    phases,
    message: message ?? null,
  }));

/** A version with its document, and what the engine of today finds in it. */
export async function versionDetail(ctx: ReadContext, set: SetRow, number: number): Promise<VersionDetail> {
  const row = await findVersion(ctx, set, number);
  const known = { ...versionView(row, set, ctx.now()), setId: set.id, name: set.name, document: row.document };
  try {
    const read = ctx.provider(Policies).read(row.document, String(number), set.team);
    return { ...known, policies: policySummaries(read.set), tests: read.set.tests.length, faults: ctx.provider(Policies).lint(row.document) };
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== 'policy-invalid') throw error;
    return { ...known, policies: [], tests: 0, faults: error.extras['faults'] as Fault[] };
  }
}

export async function setDetail(ctx: ReadContext, row: SetRow): Promise<z.input<typeof PolicySetDetail>> {
  return {
    ...setView(row, ctx.now(), isProtected(row)),
    newest: await versionDetail(ctx, row, row.version),
    active: row.active === null ? null : await versionDetail(ctx, row, row.active),
    activations: (await activationsOf(ctx, row.id)).map(activationView),
  };
}

export const versionRows = (ctx: ReadContext, setId: string) =>
  ctx.db
    .select({
      id: policyVersions.id,
      number: policyVersions.number,
      hash: policyVersions.hash,
      message: policyVersions.message,
      author: policyVersions.author,
      createdAt: policyVersions.createdAt,
    })
    .from(policyVersions)
    .where(and(eq(policyVersions.tenantId, ctx.tenantId), eq(policyVersions.setId, setId)))
    .orderBy(desc(policyVersions.number));
