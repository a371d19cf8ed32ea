import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { activate, freeze } from '../model/activating.ts';
import { draftContent, findVersion } from '../model/frozen.ts';
import { judged } from '../model/judging.ts';
import { publishPlan, requireNoneWaiting, requireRights, requireSchedule, requireValid, type Candidate } from '../model/publishing.ts';
import { requireOver } from '../model/reach.ts';
import { findWorkflow, requireOpen, targetOf, workflowTarget } from '../model/store.ts';
import { versionSummary } from '../model/versions.ts';
import { VersionSummary, WorkflowId, type TestResult } from '../schemas.ts';
import { workflowTests, type WorkflowRow } from '../tables.ts';

const input = z.object({
  id: WorkflowId,
  note: z.string().trim().max(500).optional().meta({ title: 'What is new' }),
  publish: z.boolean().default(true).meta({ title: 'Make it active', help: 'Otherwise the version is only kept' }),
  skipTests: z.boolean().default(false).meta({ title: 'Without its tests', help: 'For those who may debug' }),
});

const candidateOf = ({ draft, settings, serviceAccountId }: WorkflowRow): Candidate => ({ graph: draft, settings, serviceAccountId });

/** Results of the attached tests on this draft. Throws `tests-failed` unless they were run on it and passed. */
async function requireTests(ctx: ReadContext, row: WorkflowRow, skip: boolean): Promise<Record<string, TestResult>> {
  if (skip) await requireOver(ctx, 'workflows.publish', 'workflows:debug', [targetOf(row)]);
  const mine = and(eq(workflowTests.tenantId, ctx.tenantId), eq(workflowTests.workflowId, row.id), eq(workflowTests.enabled, true));
  const rows: { name: string; lastResult: TestResult | null }[] = [];
  for (const test of await ctx.db.select().from(workflowTests).where(mine).orderBy(asc(workflowTests.name))) rows.push({ name: test.name, lastResult: await judged(ctx, test) });
  const passed = ({ lastResult }: (typeof rows)[number]): boolean => lastResult?.passed === true && lastResult.revision === row.revision;
  const failures = rows.filter((test) => !passed(test)).map(({ name, lastResult }) => ({
    test: name,
    reason: lastResult?.revision === row.revision ? (lastResult.failures[0]?.message ?? 'It failed.') : 'It was not run on this revision of the draft.',
  }));
  if (failures.length > 0 && !skip)
    throw new Problem('tests-failed', `${failures[0]!.test}: ${failures[0]!.reason} Run the tests of the workflow, then publish.`, { failures });
  return Object.fromEntries(rows.flatMap(({ name, lastResult }) => (lastResult ? [[name, lastResult]] : [])));
} // prettier-ignore

/** All that refuses, for plan and act alike: what held when it was agreed to must hold when it is done. */
async function checked(ctx: ReadContext, row: WorkflowRow, { publish, skipTests }: Omit<z.output<typeof input>, 'id'>) {
  requireOpen(row);
  const candidate = candidateOf(row);
  const report = await requireValid(ctx, row, candidate);
  const tests = await requireTests(ctx, row, skipTests);
  // Also when the version is only kept: it can be run by its number, and then has the rights of its service account.
  await requireRights(ctx, row, candidate);
  if (publish) {
    const active = row.activeVersion === null ? undefined : await findVersion(ctx, row, row.activeVersion);
    await requireSchedule(ctx, row, active, candidate);
    await requireNoneWaiting(ctx, row);
  }
  return { candidate, report, tests };
}

export const workflowsPublish = defineOperation({
  name: 'workflows.publish',
  summary: 'Make a version of the draft, and make it active',
  description:
    'Validation and the attached tests decide whether it may. A draft that is as a version already is answers that version. Its risk is that of the riskiest Operation inside; as a service account it may do no more than whoever publishes it.',
  permission: 'workflows:publish',
  risk: 'write',
  makes: true,
  route: { method: 'POST', path: '/workflows/{id}/versions' },
  input,
  output: VersionSummary,
  targets: workflowTarget,
  async plan(ctx, { id, ...wish }) {
    const row = await findWorkflow(ctx, id);
    const { candidate, report } = await checked(ctx, row, wish);
    // Whoever agrees, agrees to this content: an edit meanwhile makes the request stale, moving a node does not.
    const observed = { [`workflow:${id}`]: draftContent(row) };
    if (wish.publish) return { ...publishPlan(ctx, row, candidate, report, 'the draft'), observed };
    return {
      summary: `Keep a version of workflow ${row.name}`,
      changes: [{ action: 'create', type: 'workflow-version', name: row.name }],
      reversible: 'It starts nothing.',
      observed,
    };
  },
  async run(ctx, { id, ...wish }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    const { report, tests } = await checked(ctx, row, wish);
    const version = await freeze(ctx, row, report, wish.note ?? null, Object.keys(tests).length > 0 ? tests : null);
    const saved = wish.publish ? await activate(ctx, row, version) : row;
    return versionSummary(await findVersion(ctx, saved, version.number), saved);
  },
});
