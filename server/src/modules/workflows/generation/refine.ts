import { Ai } from '#kernel/ai.ts';
import type { Afterwards, Context } from '#kernel/context.ts';
import type { Graph } from '../graph.ts';
import { factsFor } from '../model/facts.ts';
import { applyEdits, Edits, requireWhole, type Draft } from '../model/edits.ts';
import { findWorkflow, requireOpen } from '../model/store.ts';
import type { WorkflowRow } from '../tables.ts';
import type { Report } from '../validation/index.ts';
import { missingIn, riskOf } from './about.ts';
import { asker, byModel, modelOf, without } from './asking.ts';
import { attempted, built, finished, type Building, type Built } from './building.ts';
import { catalogueFor, type Reading } from './catalogue.ts';
import { changesOf } from './fallback/changes.ts';
import { instructionPrompt, systemPrompt } from './prompt.ts';
import { proposalsFor } from './proposals.ts';
import { TRIGGER_MODES, type Origin, type RefineInput, type Refined } from './schemas.ts';
import { judge } from './settle.ts';
import { requireSight } from './sight.ts';

const ROOM = 8_000;

interface Refining extends Building {
  row: WorkflowRow;
  known: Report;
}

const factsOf = (reading: Reading, row: WorkflowRow) => (graph: Graph) =>
  factsFor(reading, graph, { workflowId: row.id, environment: row.environment });

/** The draft, or what was sent in its place, with what is wrong with it already. Throws `workflow-archived`. */
async function refiningFor(reading: Reading, { id, graph: given, ...input }: RefineInput): Promise<Refining> {
  // Each edit is agreed to by itself: a trigger needs no question besides.
  const constraints = { ...input.constraints, triggers: [...TRIGGER_MODES] };
  const row = await findWorkflow(reading, id);
  requireOpen(row);
  await requireSight(reading, row);
  if (given) requireWhole(given, '/graph');
  const base: Draft = { graph: given ?? row.draft, settings: row.settings };
  const facts = factsOf(reading, row);
  const known = judge(base.graph, { facts: await facts(base.graph), settings: base.settings });
  return { row, base, constraints, facts, known, catalogue: await catalogueFor(reading, constraints) };
}

interface Outcome {
  after: Draft;
  why: ReadonlyMap<string, string | undefined>;
  summary: string;
  unbuilt: Refined['unbuilt'];
}

const outcomeOf = ({ said, graph, settings, touched, unbuilt, questions }: Built): Outcome => ({
  after: { graph, settings },
  why: touched,
  summary: [said.explanation, ...questions.map(({ text }) => text)].filter((one) => one !== '').join(' '),
  unbuilt: [...said.unbuilt, ...unbuilt.map(({ wanted, why }) => ({ wanted, why }))],
});

const MENDING = /^\s*(?:please\s+|bitte\s+)?(?:fix|mend|repair|correct|put right|behebe|repariere|korrigiere)\b/iu;

/** What the rules themselves know how to put right; a fix that does not fit what another left is passed over. */
function mended({ base, known }: Refining): Outcome | undefined {
  const why = new Map<string, string>();
  const after = [...known.errors, ...known.warnings].reduce<Draft>((now, { fix, nodeId, message }) => {
    const edits = fix ? Edits.safeParse(fix.ops) : undefined;
    if (!edits?.success) return now;
    try {
      const next = applyEdits(now, edits.data);
      if (nodeId !== undefined) why.set(nodeId, message);
      return next;
    } catch {
      return now;
    }
  }, base);
  return after === base ? undefined : { after, why, summary: 'What validation knows how to put right.', unbuilt: [] };
}

async function answerOf(reading: Reading, { row, base, facts }: Refining, { after, why, summary, unbuilt }: Outcome, origin: Origin): Promise<Refined> {
  const ops = proposalsFor(base, after, why);
  const edits = `${ops.length} edit${ops.length === 1 ? '' : 's'}`;
  return {
    workflowId: row.id,
    revision: row.revision,
    ...origin,
    summary: summary || (ops.length === 0 ? 'Nothing was found that these words would change.' : `${edits} proposed.`),
    ops,
    unbuilt,
    validation: judge(after.graph, { facts: await facts(after.graph), settings: after.settings }),
    missing: await missingIn(reading, reading.provider(Ai), after.graph, after.settings.environment ?? null),
    risk: riskOf(reading, after.graph),
  };
} // prettier-ignore

/** Without a model: what the words plainly ask for. */
export async function amended(ctx: Context, input: RefineInput): Promise<Refined> {
  const refining = await refiningFor(ctx, input);
  const mend = MENDING.test(input.instruction) ? mended(refining) : undefined;
  const outcome = mend ?? outcomeOf(finished(await attempted(refining, changesOf(refining.catalogue, refining.base.graph, input.instruction, input.selection))));
  return answerOf(ctx, refining, outcome, without('rules'));
} // prettier-ignore

/** With a model. Throws `generation-failed`, and what the port of models throws. */
export async function refined(after: Afterwards, input: RefineInput, fallback: Refined): Promise<Refined> {
  const model = await modelOf(after);
  if (!model) return fallback;
  const { tenantId, actor, provider, now } = after;
  const reading = <T>(work: (reading: Reading) => Promise<T>): Promise<T> => after.read((db) => work({ db, tenantId, actor, provider, now }));
  const first = await reading((one) => refiningFor(one, input));
  const { base, row, catalogue } = first;
  const { id: workflowId, instruction, selection, language, constraints } = input;
  const words = `${instruction} ${base.graph.nodes.map(({ name }) => name).join(' ')}`;
  const more = base.graph.nodes.flatMap(({ config }) => (typeof config['operation'] === 'string' ? [config['operation']] : []));
  const asked = asker(after, model, { system: systemPrompt(catalogue, words, { language, constraints, more }), maxTokens: ROOM, workflowId });
  const selected = base.graph.nodes.filter(({ id }) => selection.includes(id)).map(({ key }) => key);
  const made = await built({ ...first, facts: (graph) => reading((one) => factsOf(one, row)(graph)) }, asked, instructionPrompt(instruction, base.graph, selected));
  return reading((one) => answerOf(one, { ...first, facts: factsOf(one, row) }, outcomeOf(made), byModel(asked)));
} // prettier-ignore
