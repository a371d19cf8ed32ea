import type { Ai } from '#kernel/ai.ts';
import type { Graph } from '../graph.ts';
import { calledBy } from '../model/uses.ts';
import { Surroundings } from '../surroundings.ts';
import { missingFor } from '../templates/store.ts';
import type { Reading } from './catalogue.ts';
import type { Missing, RiskOf } from './schemas.ts';

/** Types that speak with a model, by what for. */
const MODELS: Readonly<Record<string, 'llm' | 'agent' | 'planner'>> = { llm: 'llm', ai_agent: 'agent', planner: 'planner' };

/** Models that the graph asks for and nobody has set up. */
async function lackingModels({ db, tenantId }: Reading, ai: Ai, { nodes }: Graph): Promise<string[]> {
  const found = new Set<string>();
  for (const { type, config } of nodes) {
    const purpose = MODELS[type];
    const named = typeof config['model'] === 'string' && config['model'] !== '' ? config['model'] : undefined;
    if (purpose === undefined || config['apiKey'] !== undefined) continue;
    const model = named === undefined ? await ai.modelFor(db, tenantId, purpose) : await ai.model(db, tenantId, named);
    if (!model || model.unavailable !== null) found.add(named === undefined ? `a model for ${purpose}` : `the model ${named.slice(0, 100)}`);
  }
  return [...found];
}

/** What the graph needs and the tenant does not have, or the caller may not do. Names only: no secret is read. */
export async function missingIn(reading: Reading, ai: Ai, graph: Graph, environment: string | null): Promise<Missing> {
  const { secrets, variables, permissions } = await missingFor(reading, graph, environment);
  return { secrets, variables, permissions, providers: await lackingModels(reading, ai, graph) };
}

const RANK = { read: 0, write: 1, high: 2 } as const;

/** What the graph may do to anything, and who is asked before it does. */
export function riskOf({ provider }: Pick<Reading, 'provider'>, graph: Graph): RiskOf {
  const called = calledBy(graph, provider(Surroundings).operations);
  const on = graph.nodes.filter(({ settings }) => !settings?.disabled);
  const approvals = [
    ...on.filter(({ type }) => type === 'approval').map(({ name }) => `“${name}” waits until somebody agrees`),
    ...on.filter(({ type, config }) => type === 'ai_agent' && config['writeMode'] !== 'deny').map(({ name, config }) => config['writeMode'] === 'allow' ? `The agent “${name}” changes things without asking; high risk always asks` : `The agent “${name}” asks before it changes anything`),
    ...called.filter(({ risk }) => risk === 'high').map(({ name }) => `${name} is of high risk: rules of the tenant may have somebody agree to each`),
  ]; // prettier-ignore
  const highest = called.reduce<RiskOf['highest']>((most, { risk }) => (RANK[risk] > RANK[most] ? risk : most), 'read');
  return { operations: called.map(({ name, summary, risk }) => ({ name, summary, risk })), highest, approvals };
}
