import { and, count, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor, ReadContext } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { workflows, workflowTriggers, workflowVersions } from '../tables.ts';
import type { CallableFact, Facts, OperationFact } from '../validation/index.ts';
import { calledBy } from './uses.ts';

type Asking = Pick<ReadContext, 'db' | 'tenantId' | 'provider' | 'now'>;

/** workflows.md 15: bytes of a graph, bytes of pinned data, triggers of a workflow. */
export const SIZES = { graphBytes: 1_048_576, pinnedBytes: 5 * 1_048_576, triggers: 10 } as const;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as OperationFact['input'];

/** Schemas are made when a rule first asks for them, and kept: there are hundreds. */
function factOf(operation: AnyOperation): OperationFact {
  const { name, risk, permission } = operation;
  const made: { input?: OperationFact['input']; output?: OperationFact['output'] } = {};
  return {
    name,
    risk,
    permission,
    rollback: operation.runs === 'job' && operation.rollback !== undefined,
    deprecated: false,
    get input() {
      return (made.input ??= schemaOf(operation.input, 'input'));
    },
    get output() {
      return (made.output ??= schemaOf(operation.output, 'output'));
    },
  };
}

const factsByRegistry = new WeakMap<ReadonlyMap<string, AnyOperation>, ReadonlyMap<string, OperationFact>>();
export function operationFactsOf(operations: ReadonlyMap<string, AnyOperation>): ReadonlyMap<string, OperationFact> {
  let found = factsByRegistry.get(operations);
  if (!found) {
    const offered = [...operations.values()].filter(({ hiddenFrom = [], access }) => !hiddenFrom.includes('workflow') && access !== 'public');
    factsByRegistry.set(operations, (found = new Map(offered.map((operation) => [operation.name, factOf(operation)]))));
  }
  return found;
}

/** Other workflows, with whom each calls as a part of it; asked only by graphs that call some. */
async function callables({ db, tenantId }: Asking, graph: Graph): Promise<CallableFact[]> {
  if (!graph.nodes.some(({ type }) => type === 'sub_workflow')) return [];
  const calls = sql<unknown[]>`jsonb_path_query_array(${workflowVersions.graph}, '$.nodes[*] ? (@.type == "sub_workflow").config.workflow')`;
  const callable = sql<boolean>`jsonb_path_exists(${workflowVersions.graph}, '$.nodes[*] ? (@.type == "trigger" && @.config.mode == "workflow")')`;
  const active = and(
    eq(workflowVersions.tenantId, workflows.tenantId),
    eq(workflowVersions.workflowId, workflows.id),
    eq(workflowVersions.number, workflows.activeVersion),
  );
  const rows = await db
    .select({ id: workflows.id, slug: workflows.slug, callable, calls })
    .from(workflows)
    .innerJoin(workflowVersions, active)
    .where(and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt)));
  const bySlug = new Map(rows.map(({ slug, id }) => [slug, id]));
  return rows.map((row) => ({ ...row, calls: row.calls.filter((one) => typeof one === 'string').map((one) => bySlug.get(one) ?? one) }));
}

async function hooks({ db, tenantId }: Asking, workflowId: string | null) {
  const others = and(
    eq(workflowTriggers.tenantId, tenantId),
    eq(workflowTriggers.kind, 'webhook'),
    ne(workflowTriggers.state, 'retired'),
    workflowId === null ? undefined : ne(workflowTriggers.workflowId, workflowId),
  );
  const [used] = await db.select({ count: count() }).from(workflowTriggers).where(others);
  const paths = await db
    .select({ path: workflowTriggers.path })
    .from(workflowTriggers)
    .where(and(others, isNotNull(workflowTriggers.path)));
  return { used: used!.count, paths: new Set(paths.map(({ path }) => path!)) };
}

/** What validation has to know beside the graph. `environment` is the workflow's, which decides on the secrets and variables it sees. */
export async function factsFor(ctx: Asking, graph: Graph, { workflowId, environment }: { workflowId: string | null; environment: string | null }): Promise<Facts> {
  const surroundings = ctx.provider(Surroundings);
  const limits = await surroundings.limits(ctx.db, ctx.tenantId);
  const { used, paths } = await hooks(ctx, workflowId);
  return {
    workflowId,
    operations: operationFactsOf(surroundings.operations),
    ...(await surroundings.names(ctx.db, ctx.tenantId, environment)),
    webhookPaths: paths,
    workflows: await callables(ctx, graph),
    limits: {
      ...SIZES,
      nodes: limits.nodes,
      connections: limits.connections,
      scheduleSeconds: limits.scheduleSeconds,
      webhooks: { used, most: limits.webhooks ?? Number.MAX_SAFE_INTEGER },
    },
    timezone: await surroundings.timezone(ctx.db, ctx.tenantId),
    now: ctx.now(),
  };
} // prettier-ignore

/** The permissions, of those that the graph's Operations need, that somebody holds; for rule V41. */
export async function heldBy(ctx: Asking, actor: Actor, graph: Graph): Promise<ReadonlySet<string>> {
  const { operations, permit } = ctx.provider(Surroundings);
  const held = new Set<string>();
  const lacking = new Set<string>();
  for (const operation of calledBy(graph, operations)) {
    const may = await permit(ctx.db, actor, operation).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem) return false;
        throw error;
      },
    );
    (may ? held : lacking).add(operation.permission);
  }
  return new Set([...held].filter((permission) => !lacking.has(permission)));
}
