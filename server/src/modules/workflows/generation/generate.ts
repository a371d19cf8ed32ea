import { Ai } from '#kernel/ai.ts';
import type { Afterwards, Context } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import type { Graph } from '../graph.ts';
import { DEFAULT_SETTINGS } from '../model/copies.ts';
import { factsFor } from '../model/facts.ts';
import { findWorkflow } from '../model/store.ts';
import { allTemplates } from '../templates/store.ts';
import { missingIn, riskOf } from './about.ts';
import { asker, byModel, modelOf, without } from './asking.ts';
import { attempted, built, finished, type Building, type Built } from './building.ts';
import { catalogueFor, type Reading } from './catalogue.ts';
import { changesOf } from './fallback/changes.ts';
import { draftOf, templatesNear } from './fallback/draft.ts';
import { Generations, keepGeneration, type Generation } from './generations.ts';
import { goalPrompt, systemPrompt } from './prompt.ts';
import type { GenerateInput, Generated, Origin } from './schemas.ts';
import { judge, noteFor, type Unbuilt } from './settle.ts';
import { requireSight } from './sight.ts';

const ROOM = 8_000;
const EMPTY: Graph = { nodes: [], connections: [] };

/** What is built upon, and everything that is known of what it may be built of. */
async function buildingFor(reading: Reading, { baseWorkflowId, constraints }: GenerateInput): Promise<Building> {
  const catalogue = await catalogueFor(reading, constraints);
  const row = baseWorkflowId === undefined ? undefined : await findWorkflow(reading, baseWorkflowId);
  if (row) await requireSight(reading, row);
  const base = row ? { graph: row.draft, settings: row.settings } : { graph: EMPTY, settings: DEFAULT_SETTINGS };
  const environment = constraints.environment ?? base.settings.environment ?? null;
  const facts = (graph: Graph) => factsFor(reading, graph, { workflowId: null, environment });
  const known = row ? judge(base.graph, { facts: await facts(base.graph), settings: base.settings }) : undefined;
  return { base, catalogue, constraints, facts, ...(known ? { known } : {}) };
}

/** Parts of the goal that whoever answered could not build stand beside the graph, as Notes. */
function noted({ graph, said, unbuilt }: Built): { graph: Graph; unbuilt: Unbuilt[] } {
  const taken = new Set(graph.nodes.map(({ key }) => key));
  const [x, y] = [Math.min(0, ...graph.nodes.map(({ layout }) => layout?.x ?? 0)), Math.max(0, ...graph.nodes.map(({ layout }) => layout?.y ?? 0)) + 180];
  const notes = said.unbuilt.map(({ wanted, why }, at) => {
    const node = { ...noteFor(taken, wanted, why), layout: { x: x + at * 260, y } };
    taken.add(node.key);
    return { node, wanted, why };
  });
  return { graph: { ...graph, nodes: [...graph.nodes, ...notes.map(({ node }) => node)] }, unbuilt: [...unbuilt, ...notes.map(({ node, wanted, why }) => ({ nodeId: node.id, wanted, why }))] };
} // prettier-ignore

async function answerOf(reading: Reading, { goal, constraints }: GenerateInput, made: Built, origin: Origin, generationId: string): Promise<Generated> {
  const { said, settings, questions, needed } = made;
  const { graph, unbuilt } = noted(made);
  const environment = constraints.environment ?? settings.environment ?? null;
  const changed = Object.entries(settings).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[name as keyof typeof settings]));
  const near = templatesNear(await allTemplates(reading), goal).slice(0, 3);
  return {
    generationId,
    ...origin,
    name: said.name ?? goal.slice(0, 80),
    graph,
    settings: { ...(Object.fromEntries(changed) as Generated['settings']), ...needed, ...(environment === null ? {} : { environment }) },
    explanation: said.explanation,
    assumptions: said.assumptions,
    questions: [...questions, ...said.questions.map((text) => ({ about: 'goal' as const, text, nodeId: null, ops: [] }))],
    unbuilt,
    missing: await missingIn(reading, reading.provider(Ai), graph, environment),
    risk: riskOf(reading, graph),
    validation: judge(graph, { facts: await factsFor(reading, graph, { workflowId: null, environment }), settings }),
    templates: near.map(({ item: { id, name, description } }) => ({ id, name, description })),
  };
} // prettier-ignore

const rowOf = (tenantId: string, actorId: string, { goal }: GenerateInput, { generationId: id, name, source, model, graph, settings }: Generated): Generation =>
  ({ tenantId, id, actorId, goal, name, source, model, graph: graph as Graph, settings: settings as Generation['settings'] }); // prettier-ignore

/** Without a model: the template that is meant, or steps that the goal names. Kept, so that a workflow can be made of it. */
export async function drafted(ctx: Context, input: GenerateInput): Promise<Generated> {
  const building = await buildingFor(ctx, input);
  const { catalogue, base } = building;
  const said = base.graph.nodes.length > 0 ? changesOf(catalogue, base.graph, input.goal, []) : draftOf(catalogue, templatesNear(await allTemplates(ctx), input.goal), input.goal);
  const made = finished(await attempted(building, said));
  const answer = await answerOf(ctx, input, made, without('templates'), newId());
  await keepGeneration(ctx.db, rowOf(ctx.tenantId, ctx.actor.id, input, answer));
  return answer;
} // prettier-ignore

/** With a model, in place of what was drafted without one. Throws `generation-failed`, and what the port of models throws. */
export async function generated(after: Afterwards, input: GenerateInput, fallback: Generated): Promise<Generated> {
  const model = await modelOf(after);
  if (!model) return fallback;
  const { tenantId, actor, provider, now } = after;
  const reading = <T>(work: (reading: Reading) => Promise<T>): Promise<T> => after.read((db) => work({ db, tenantId, actor, provider, now }));
  const { goal, context, baseWorkflowId, language, constraints } = input;
  // Facts are read anew for each answer: no transaction is open while the model thinks.
  const first = await reading((one) => buildingFor(one, input));
  const environment = constraints.environment ?? first.base.settings.environment ?? null;
  const building = { ...first, facts: (graph: Graph) => reading((one) => factsFor(one, graph, { workflowId: null, environment })) };
  const asked = asker(after, model, { system: systemPrompt(first.catalogue, `${goal} ${context ?? ''}`, { language, constraints }), maxTokens: ROOM, workflowId: baseWorkflowId });
  const made = await built(building, asked, goalPrompt(goal, context, baseWorkflowId === undefined ? undefined : first.base.graph));
  const answer = await reading((one) => answerOf(one, input, made, byModel(asked), fallback.generationId));
  await provider(Generations).keep(rowOf(tenantId, actor.id, input, answer));
  return answer;
} // prettier-ignore
