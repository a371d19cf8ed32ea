import { isUuid } from '#kernel/database.ts';
import { and, eq, inArray, isNull, or } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Json } from '../graph.ts';
import { operationFactsOf } from '../model/operation-facts.ts';
import type { NodeRun } from '../nodes/declare.ts';
import { Surroundings } from '../surroundings.ts';
import { workflows, workflowVersions } from '../tables.ts';
import type { AgentConfig } from './settings.ts';
import { canBeTool, distinct, isWanted, nodeTool, operationTool, workflowTool, type Offered } from './tool-rules.ts';

interface Callable {
  id: string;
  slug: string;
  name: string;
  description: string;
  schema: Json;
}

const OPEN: Json = { type: 'object', additionalProperties: true };

/** Workflows of the tenant that others may call, with the schema of what they take. */
async function callable({ db, tenantId }: WorkContext, named: readonly string[]): Promise<Callable[]> {
  if (named.length === 0) return [];
  const ids = named.filter(isUuid);
  const active = and(eq(workflowVersions.tenantId, workflows.tenantId), eq(workflowVersions.workflowId, workflows.id), eq(workflowVersions.number, workflows.activeVersion));
  const wanted = or(inArray(workflows.slug, [...named]), ...(ids.length > 0 ? [inArray(workflows.id, ids)] : []));
  const rows = await db.select({ id: workflows.id, slug: workflows.slug, name: workflows.name, description: workflows.description, graph: workflowVersions.graph })
    .from(workflows).innerJoin(workflowVersions, active).where(and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt), wanted));
  return rows.flatMap(({ graph, description, ...row }) => {
    const trigger = graph.nodes.find(({ type, config }) => type === 'trigger' && config['mode'] === 'workflow');
    return trigger ? [{ ...row, description: description ?? '', schema: trigger.config['inputSchema'] ?? OPEN }] : [];
  });
} // prettier-ignore

/** Whether it may start other workflows at all; what it may do in them is asked there. */
const mayRun = (names: readonly string[]): boolean => names.includes('workflows.execute');

/** Names are recorded once, so that a conversation that is rebuilt has the tools it began with; whether they may be called is asked anew. */
async function recorded(run: NodeRun, { tools }: AgentConfig): Promise<{ operations: string[]; workflows: Callable[] }> {
  const found = await run.step('offered', async () => {
    const held = (await run.offered()).map(({ name }) => name);
    const operations = held.filter((name) => isWanted(name, tools)).sort();
    return { operations, workflows: mayRun(held) ? await run.tx((ctx) => callable(ctx, tools.workflows)) : [] } as unknown as Json;
  });
  return found as unknown as { operations: string[]; workflows: Callable[] };
}

/** Memory is kept and searched only where the agent may. */
const mayRemember = (type: string, { memory }: AgentConfig): boolean => (type === 'memory_store' ? memory.write : memory.read);

/** All that the model may call: what the principal may not do is not in it (workflows.md 11.2). */
export async function offer(run: NodeRun, config: AgentConfig): Promise<Offered[]> {
  if (config.mode === 'conversational') return [];
  const { operations } = run.provider(Surroundings);
  const facts = operationFactsOf(operations);
  const nodes = run.tools.nodes.filter((node) => canBeTool(node) && (node.via === 'tool' || mayRemember(node.type.type, config)));
  const { operations: names, workflows: callables } = await recorded(run, config);
  const all = distinct([
    ...nodes.map((node) => nodeTool(node, operations, facts)),
    ...callables.map(workflowTool),
    ...names.flatMap((name) => {
      const [operation, fact] = [operations.get(name), facts.get(name)];
      return operation && fact ? [operationTool(operation, fact)] : [];
    }),
  ]);
  return config.writeMode === 'deny' ? all.filter(({ risk, memory }) => risk === 'read' || memory) : all;
}
