import type { Context, ReadContext } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import type { Reach } from '#kernel/scope.ts';
import { Surroundings } from '../surroundings.ts';
import type { Graph, WorkflowSettings } from '../graph.ts';
import type { VersionRow, WorkflowRow } from '../tables.ts';
import { validateGraph, type Report } from '../validation/index.ts';
import { accountsAbove, withParts } from './chain.ts';
import { factsFor } from './facts.ts';
import { heldBy } from './held.ts';
import { listenedTo, requireHearing } from './listening.ts';
import { requireOver } from './reach.ts';
import { targetOf } from './store.ts';
import { higherRisk, riskInside } from '../triggers/operation/risk.ts';
import { operationsIn, calledBy, triggersIn } from './uses.ts';
import { sameTriggers } from './triggers.ts';

/** What is to become active, or to be kept as a version. */
export interface Candidate {
  graph: Graph;
  settings: WorkflowSettings;
  serviceAccountId: string | null;
}

/** The report of validation for whoever publishes. Throws `workflow-invalid` with the findings when there are errors. */
export async function requireValid(ctx: ReadContext, row: WorkflowRow, { graph, settings }: Candidate): Promise<Report> {
  const facts = await factsFor(ctx, graph, { workflowId: row.id, environment: settings.environment ?? null });
  const held = settings.runAs === 'service' ? await heldBy(ctx, ctx.actor, graph) : undefined;
  const report = validateGraph(held ? { ...facts, publisherMay: (permission) => held.has(permission) } : facts, graph, settings);
  if (report.valid) {
    await requireOwnRisk(ctx, graph);
    return report;
  }
  const first = report.errors[0]!;
  const more = report.errors.length > 1 ? ` (and ${report.errors.length - 1} more)` : '';
  throw new Problem('workflow-invalid', `${first.nodeKey ? `${first.nodeKey}: ` : ''}${first.message}${more}`, { findings: report.errors });
}

/** An Operation says no less of its risk than what its parts do. Throws `workflow-invalid`; of the graph alone validation has told it. */
async function requireOwnRisk(ctx: ReadContext, graph: Graph): Promise<void> {
  const own = triggersIn(graph).find(({ mode }) => mode === 'operation')?.node;
  const said = own?.config['risk'];
  if (!own || (said !== 'read' && said !== 'write')) return;
  const { operations } = ctx.provider(Surroundings);
  const inside = riskInside((await withParts(ctx, graph)).flatMap(({ nodes }) => nodes), (name) => operations.get(name)?.risk);
  if (higherRisk(said, inside) === said) return;
  const message = `A workflow that it runs as a part is of risk ${inside}: say so`;
  throw new Problem('workflow-invalid', `${own.key}: ${message}`, { findings: [{ rule: 'V03', severity: 'error', nodeId: own.id, nodeKey: own.key, pointer: '/config/risk', message }] });
} // prettier-ignore

const reachOf = (ctx: ReadContext, actor: Context['actor'], operation: AnyOperation): Promise<Reach | undefined> =>
  ctx
    .provider(Surroundings)
    .permit(ctx.db, actor, operation)
    .catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });

/** Active service accounts on whose authority the workflow would act: its own, and those of workflows that call it as a part. */
async function accountsOf(ctx: ReadContext, row: Pick<WorkflowRow, 'id' | 'slug'>, { settings, serviceAccountId }: Candidate) {
  const { servicePrincipal } = ctx.provider(Surroundings);
  const isService = settings.runAs === 'service';
  const ids = new Set([...(isService && serviceAccountId !== null ? [serviceAccountId] : []), ...(await accountsAbove(ctx, row))]);
  const found = await Promise.all([...ids].map((id) => servicePrincipal(ctx.tenantId, id)));
  const active = found.flatMap((account) => (account?.active ? [account] : []));
  if (isService && !active.some(({ id }) => id === serviceAccountId))
    throw new Problem('service-account-required', 'Name an active service account of the tenant that the workflow runs as.');
  return active;
} // prettier-ignore

/**
 * Nobody gives a workflow rights that they do not hold: for every Operation in it and in its parts the publisher holds the permission, and
 * no service account that it acts as reaches anything by it that the publisher does not. Throws `service-account-required` or `service-rights-missing`.
 */
export async function requireRights(ctx: ReadContext, row: Pick<WorkflowRow, 'id' | 'slug'>, candidate: Candidate): Promise<void> {
  const accounts = await accountsOf(ctx, row, candidate);
  if (accounts.length === 0) return;
  const { asService, operations, isWithin } = ctx.provider(Surroundings);
  const parts = await withParts(ctx, candidate.graph);
  const called = new Set(parts.flatMap((graph) => calledBy(graph, operations)));
  const patterns = listenedTo(candidate.graph, parts);
  for (const account of accounts) {
    const machine = await asService(ctx.tenantId, account.id);
    const missing: string[] = [];
    for (const operation of called) {
      const own = await reachOf(ctx, ctx.actor, operation);
      const given = await reachOf(ctx, machine, operation);
      if (!own || (given && !isWithin(given, own))) missing.push(operation.permission);
    }
    const lacking = [...new Set(missing)].sort();
    if (lacking.length > 0)
      throw new Problem('service-rights-missing', `As ${account.name} it could do what you may not, or not everywhere: ${lacking.join(', ')}.`, { permissions: lacking }); // prettier-ignore
    await requireHearing(ctx, patterns, { name: account.name, machine });
  }
}

/** Whoever changes what starts a workflow by itself needs workflows:schedule over it. Throws `permission-denied` or `scope-denied`. */
export async function requireSchedule(
  ctx: ReadContext,
  row: WorkflowRow,
  active: VersionRow | undefined,
  next: Pick<VersionRow, 'graph'>,
): Promise<void> {
  if (!sameTriggers(active, next)) await requireOver(ctx, 'workflows.publish', 'workflows:schedule', [targetOf(row)]);
}

/** Throws `publish-approval-pending` when another version waits to become active. */
export async function requireNoneWaiting(ctx: ReadContext & Partial<Pick<Context, 'changeId'>>, row: WorkflowRow): Promise<void> {
  const waiting = await ctx.provider(Surroundings).waitingPublishes(ctx.db, ctx.tenantId, row.id, ctx.changeId ?? null);
  if (waiting.length > 0) throw new Problem('publish-approval-pending', `${waiting.join(', ')} waits for approval to publish "${row.name}".`, { changes: waiting });
} // prettier-ignore

/** What publishing means, for those who agree to it: as risky as the riskiest Operation inside. */
export function publishPlan(ctx: ReadContext, row: WorkflowRow, candidate: Candidate, report: Report, to: string): Plan {
  const { operations } = ctx.provider(Surroundings);
  const called = calledBy(candidate.graph, operations);
  const high = called.filter(({ risk }) => risk === 'high').map(({ name }) => name);
  const as = candidate.settings.runAs === 'service' ? 'a service account' : 'whoever starts it';
  return {
    summary: `Publish ${to} of workflow ${row.name}`,
    ...(high.length > 0 ? { risk: 'high' as const } : {}),
    changes: [
      {
        action: 'update',
        type: 'workflow',
        id: row.id,
        name: row.name,
        fields: [
          { path: 'activeVersion', before: row.activeVersion, after: to },
          { path: 'operations', after: operationsIn(candidate.graph) },
          { path: 'runAs', after: as },
        ],
      },
    ],
    reversible: row.activeVersion === null ? 'Pause the workflow.' : `Publish version ${row.activeVersion} again.`,
    warnings: [...(high.length > 0 ? [`It may call ${high.join(', ')}.`] : []), ...report.warnings.slice(0, 20).map(({ message }) => message)],
    facts: { operations: operationsIn(candidate.graph), highOperations: high, runAs: candidate.settings.runAs },
  };
}
