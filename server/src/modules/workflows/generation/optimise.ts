import { Ai, type AiModelView } from '#kernel/ai.ts';
import type { Context } from '#kernel/context.ts';
import type { Graph } from '../graph.ts';
import { findWorkflow } from '../model/store.ts';
import type { Reading } from './catalogue.ts';
import { measured, type Past } from './measuring.ts';
import { RULES } from './optimising/rules.ts';
import type { OptimiseInput, Optimised } from './schemas.ts';
import { requireSight } from './sight.ts';

const PURPOSES: Readonly<Record<string, 'llm' | 'agent' | 'planner'>> = { llm: 'llm', ai_agent: 'agent', planner: 'planner' };

/** What both cost, where the usual one is cheaper and can be had. */
function pricesOf(now: AiModelView | undefined, usual: AiModelView | undefined) {
  if (!now?.price || !usual?.price || usual.unavailable !== null || usual.price.output >= now.price.output) return undefined;
  return { now: { label: now.label, output: now.price.output }, usual: { label: usual.label, output: usual.price.output } };
}

/** Nodes that name a model which costs more than the tenant's own choice for the same. */
async function cheaper({ db, tenantId, provider }: Reading, { nodes }: Graph, { byNode }: Past): Promise<Optimised['findings']> {
  const ai = provider(Ai);
  const found: Optimised['findings'] = [];
  for (const node of nodes) {
    const [purpose, named] = [PURPOSES[node.type], node.config['model']];
    const tokens = byNode.get(node.id)?.tokens ?? 0;
    if (purpose === undefined || typeof named !== 'string' || tokens === 0) continue;
    const [now, usual] = [await ai.model(db, tenantId, named), await ai.modelFor(db, tenantId, purpose)];
    const prices = pricesOf(now, usual);
    if (!prices) continue;
    const { model: _, ...config } = node.config;
    found.push({
      kind: 'cheaper-model',
      title: `“${node.name}” could use ${prices.usual.label}`,
      reason: `It names ${prices.now.label}, which costs more than what the tenant uses otherwise. Compare what they answer before you publish.`,
      nodeIds: [node.id],
      basis: [{ label: 'tokens', value: tokens, unit: 'tokens' }, { label: `a million tokens of ${prices.now.label}`, value: prices.now.output, unit: 'cost' }, { label: `a million tokens of ${prices.usual.label}`, value: prices.usual.output, unit: 'cost' }],
      ops: [{ edit: { op: 'updateNode', id: node.id, set: { config } }, reason: 'The model that the tenant chose for this', needs: [] }],
    });
  }
  return found;
} // prettier-ignore

/** Findings by rules on the draft and its last executions. It asks no model: what was measured is what counts. */
export async function optimised(ctx: Context, { id, goal }: OptimiseInput): Promise<Optimised> {
  const row = await findWorkflow(ctx, id);
  await requireSight(ctx, row);
  const past = await measured(ctx, row.id);
  const all = [...(goal === 'cost' ? await cheaper(ctx, row.draft, past) : []), ...RULES[goal].flatMap((rule) => rule(row.draft, past))];
  // Edits of one node replace each other: the second comes when the first was looked at.
  const met = new Set<string>();
  const findings = all.filter(({ ops }) => {
    const ids = ops.flatMap(({ edit }) => (edit.op === 'updateNode' ? [edit.id] : []));
    const first = ids.every((one) => !met.has(one));
    ids.forEach((one) => met.add(one));
    return first;
  });
  const { executions, since, medianMs, failed } = past;
  return {
    workflowId: row.id,
    revision: row.revision,
    source: 'rules',
    model: null,
    usage: null,
    notice: executions === 0 ? 'It has not run within 30 days: findings rest on the draft alone.' : null,
    measured: { executions, since: since.toISOString(), medianMs, failed },
    findings,
  };
}
