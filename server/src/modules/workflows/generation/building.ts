import type { AiMessage } from '#kernel/ai.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph, Json, WorkflowSettings } from '../graph.ts';
import { mergedSettings } from '../model/settings.ts';
import type { Facts, Report } from '../validation/index.ts';
import { ANSWER_SCHEMA, jsonIn, readAnswer, type Said } from './answer.ts';
import { assembled, foreign } from './assemble.ts';
import type { Asker } from './asking.ts';
import type { Catalogue } from './catalogue.ts';
import { cautious } from './cautious.ts';
import { repairPrompt } from './prompt.ts';
import type { Constraints, Question } from './schemas.ts';
import { looked, settled, withNotes, type Settling, type Unbuilt } from './settle.ts';

/** How often an answer with faults is given back (workflows.md 11.5). */
export const MOST_REPAIRS = 3;

export interface Building {
  base: { graph: Graph; settings: WorkflowSettings };
  catalogue: Catalogue;
  constraints: Constraints;
  facts: (graph: Graph) => Promise<Facts>;
  /** What was wrong with the base; given, what was there before stays as it is. */
  known?: Report;
}

export interface Built {
  said: Said;
  graph: Graph;
  settings: WorkflowSettings;
  touched: ReadonlyMap<string, string | undefined>;
  unbuilt: Unbuilt[];
  questions: Question[];
  /** Of the settings, what the triggers that were agreed to ask for. */
  needed: Record<string, Json>;
}

/** What somebody else's words may set; who it runs as, and with what durability, is not among it. */
const SETTABLE: ReadonlySet<string> = new Set(['timeoutSeconds', 'failureMode', 'maxConcurrent', 'onLimit', 'priority', 'parallelNodes', 'retry', 'rollbackOnFailure', 'concurrencyKey']); // prettier-ignore

interface Attempt extends Omit<Built, 'unbuilt'> {
  settling: Settling;
  strange: Map<string, string>;
  /** In words, for whoever answered; empty when it can be used as it is. */
  faults: string[];
}

/** One answer put onto the base and looked at; nothing in it is evaluated. */
export async function attempted({ base, catalogue, constraints, facts, known }: Building, said: Said): Promise<Attempt> {
  const made = assembled(base.graph, said);
  const safe = cautious(made.graph, constraints.triggers, made.touched);
  const wanted = Object.fromEntries(Object.entries(said.settings).filter(([name]) => SETTABLE.has(name)));
  const merged = mergedSettings(base.settings, { ...wanted, ...safe.settings }, '/settings');
  const settings = merged.settings ?? mergedSettings(base.settings, safe.settings, '/settings').settings ?? base.settings;
  const old = new Set([...base.graph.nodes, ...base.graph.connections].map(({ id }) => id));
  const mine = (id: string): boolean => !old.has(id) || made.touched.has(id);
  const settling: Settling = { facts: await facts(safe.graph), settings, known, mine: known ? mine : undefined };
  const strange = foreign(safe.graph, made.touched, catalogue);
  const seen = looked(safe.graph, settling);
  const faults = [
    ...made.faults,
    ...(merged.faults ?? []).map(({ pointer, message }) => `${pointer}: ${message}`),
    ...strange.values(),
    ...seen.mistakes.map(({ rule, nodeKey, pointer, message }) => `${nodeKey ?? 'graph'}${pointer ?? ''}: ${message} (${rule})`),
    ...(safe.graph.nodes.length > constraints.maxNodes ? [`There are ${safe.graph.nodes.length} nodes, and ${constraints.maxNodes} is the most`] : []),
  ];
  return { said, graph: seen.graph, settings, touched: made.touched, questions: safe.questions, needed: safe.settings, settling, strange, faults };
} // prettier-ignore

/** What is left of an attempt when everything that could not be built is a Note. Throws `generation-failed` when the rest is no graph. */
export function finished({ settling, strange, faults: _, ...attempt }: Attempt): Built {
  const noted = withNotes(attempt.graph, strange);
  const end = settled(noted.graph, settling);
  const left = end.mistakes.filter(({ nodeId }) => nodeId === undefined || !settling.known);
  if (left.length > 0) throw new Problem('generation-failed', `What came of it is no workflow: ${left[0]!.message}. Say it in other words, or in smaller steps.`, { findings: left.slice(0, 20) }); // prettier-ignore
  return { ...attempt, graph: end.graph, unbuilt: [...noted.unbuilt, ...end.unbuilt] };
}

const UNREADABLE = 'That is not one JSON object with "nodes" and "links"';
const isEmpty = ({ nodes, links, remove, unlink, settings, unbuilt }: Said): boolean =>
  nodes.length + links.length + remove.length + unlink.length + unbuilt.length + Object.keys(settings).length === 0;

/** Asks, reads, looks, and gives back what is wrong, at most three times. Throws `generation-failed` when no answer could be read. */
export async function built(building: Building, asked: Asker, prompt: string): Promise<Built> {
  const messages: AiMessage[] = [{ role: 'user', text: prompt }];
  let last: Attempt | undefined;
  for (let round = 0; round <= MOST_REPAIRS; round += 1) {
    const { text, json } = await asked.ask(messages, { kind: 'json', schema: ANSWER_SCHEMA });
    const said = readAnswer(json ?? jsonIn(text));
    const attempt = isEmpty(said) ? undefined : await attempted(building, said);
    last = attempt ?? last;
    const faults = attempt?.faults ?? [UNREADABLE];
    if (attempt && faults.length === 0) break;
    messages.push({ role: 'assistant', text: text.slice(0, 100_000) }, { role: 'user', text: repairPrompt(faults) });
  }
  if (!last) throw new Problem('generation-failed', `The model answered ${MOST_REPAIRS + 1} times, and nothing of it could be read. Try again, or choose another model.`);
  return finished(last);
} // prettier-ignore
