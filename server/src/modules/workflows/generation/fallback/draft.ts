import type { Json } from '../../graph.ts';
import { linkText } from '../../model/drawing.ts';
import { operationsIn } from '../../model/uses.ts';
import type { AnyTemplate } from '../../templates/store.ts';
import type { Said } from '../answer.ts';
import type { Catalogue } from '../catalogue.ts';
import { searchOf, type Hit } from '../words.ts';
import { clausesOf, rhythmOf, waitsForSomething } from './clauses.ts';
import { stepsFor } from './steps.ts';

/** How near a template has to be to be what was meant, to be better than steps with holes in them, and to be named at all. */
const [MEANT, BETTER, NEAR] = [0.65, 0.6, 0.3];

/** Templates near a goal, the nearest first. */
export const templatesNear = (templates: readonly AnyTemplate[], goal: string): Hit<AnyTemplate>[] =>
  searchOf(
    templates.map((item) => ({
      item,
      texts: [[item.name, 4], [item.tags.join(' '), 3], [item.description, 2], [operationsIn(item.graph).join(' '), 2], [item.graph.nodes.map(({ name }) => name).join(' '), 1]] as const,
    })),
  )(goal).filter(({ covered }) => covered >= NEAR); // prettier-ignore

const nothing = (): Said => ({ name: undefined, explanation: '', assumptions: [], questions: [], nodes: [], links: [], remove: [], unlink: [], settings: {}, unbuilt: [], faults: [] }); // prettier-ignore

function ofTemplate({ name, description, graph }: AnyTemplate): Said {
  const keyBy = new Map(graph.nodes.map(({ id, key }) => [id, key]));
  return {
    ...nothing(),
    name,
    explanation: `${description} It was made from the template “${name}”, which is the nearest to your words.`,
    nodes: graph.nodes.map(({ key, type, name: called, description: about, config, settings }) => ({ key, type, name: called, config, ...(about ? { description: about } : {}), ...(settings ? { settings } : {}), why: undefined })),
    links: graph.connections.map((one) => linkText({ ...one, source: keyBy.get(one.source)!, target: keyBy.get(one.target)! })),
  };
} // prettier-ignore

const nameOf = (goal: string): string => {
  const [first = goal] = goal.trim().split(/[.;\n]/u);
  return first.replace(/^./u, (letter) => letter.toUpperCase()).slice(0, 80);
};

/** The clock fills in no form: what the steps ask for is asked of whoever starts it. */
function startOf(cron: string | undefined, fields: Record<string, Json>): Said['nodes'][number] {
  const asked = Object.keys(fields);
  const begins: Record<string, Json> = cron === undefined ? { mode: 'manual' } : { mode: 'schedule', type: 'cron', cron };
  const form: Record<string, Json> = asked.length > 0 ? { inputSchema: { type: 'object', properties: fields, required: asked } } : {};
  return { key: 'start', type: 'trigger', name: 'Start', config: { ...begins, ...form }, why: undefined };
}

function questionsFor(goal: string, cron: string | undefined, asked: readonly string[]): string[] {
  if (cron !== undefined) return asked.length > 0 ? [`It can begin by the clock (${cron}) once the inputs are written into its steps.`] : [];
  return waitsForSomething(goal) ? ['It seems to begin when something happens: choose the event or the webhook in its trigger.'] : [];
}

function bySteps(catalogue: Catalogue, goal: string): Said {
  const rhythm = rhythmOf(goal);
  const steps = stepsFor(catalogue, clausesOf(rhythm?.rest ?? goal), { start: 'start', from: 'start', taken: new Set(['start']) });
  const asked = Object.keys(steps.fields);
  return {
    ...nothing(),
    name: nameOf(goal),
    explanation: steps.nodes.length > 0 ? `Step by step: ${steps.nodes.map(({ name }) => name).join('; ')}.` : 'No step could be made of these words.',
    assumptions: asked.length > 0 ? [`Whoever starts it says: ${asked.join(', ')}.`] : [],
    questions: questionsFor(goal, rhythm?.cron, asked),
    nodes: [startOf(asked.length === 0 ? rhythm?.cron : undefined, steps.fields), ...steps.nodes],
    links: steps.links,
    unbuilt: steps.unbuilt,
  };
} // prettier-ignore

const namesIn = ({ nodes }: Pick<Said, 'nodes'>): string[] =>
  nodes.flatMap(({ config }) => (typeof config['operation'] === 'string' ? [config['operation']] : []));

/** Whether a template does all that the steps would do, and changes nothing that they would not. */
function includes({ operations }: Catalogue, { graph }: AnyTemplate, steps: Said): boolean {
  const [theirs, wanted] = [operationsIn(graph), namesIn(steps)];
  const more = theirs.filter((name) => !wanted.includes(name) && operations.get(name)?.fact.risk !== 'read');
  return wanted.length > 0 && wanted.every((name) => theirs.includes(name)) && more.length === 0;
}

/** What can be made of a goal without a model: the template that is meant, the steps that it names, or the template that is nearest. */
export function draftOf(catalogue: Catalogue, near: readonly Hit<AnyTemplate>[], goal: string): Said {
  const [best] = near;
  const steps = bySteps(catalogue, goal);
  if (!best) return steps;
  const holes = steps.unbuilt.length > 0 && (steps.nodes.length === 1 || best.covered >= BETTER);
  return holes || (best.covered >= MEANT && includes(catalogue, best.item, steps)) ? ofTemplate(best.item) : steps;
}
