import type { Connection, Graph, GraphNode, Json } from '../../graph.ts';
import { bridged } from '../../model/bridge.ts';
import { linkText } from '../../model/drawing.ts';
import { byConfig, type PortDeclaration } from '../../nodes/declare.ts';
import type { Said, SaidNode } from '../answer.ts';
import type { Catalogue } from '../catalogue.ts';
import { searchOf } from '../words.ts';
import { clausesOf, rhythmOf } from './clauses.ts';
import { stepsFor, type Steps } from './steps.ts';

/** Edits that an instruction plainly asks for, without a model: something goes, is tried again, or comes before, behind or at the end. */

const PLACE = /\b(before|after|behind|vor|nach|hinter)\s+(?:the\s+|de[mrn]\s+|die\s+)?(?:step\s+|node\s+|schritt\s+)?["“„]?([^"“”.,;]{2,80})["”]?/iu;
const REMOVE =
  /^\s*(?:please\s+|bitte\s+)?(?:remove|delete|drop|take out|entferne|lösche)\s+(?:the\s+|de[mrn]\s+|die\s+|das\s+)?(?:step\s+|node\s+|schritt\s+)?["“„]?([^"“”.,;]{2,80})/iu;
const RETRY = /\b(?:retry|retries|try .{0,30}again|wiederhol\w*|erneut versuchen)\b(?:.{0,40}?(\d{1,2}))?/iu;

const nothing = (): Said => ({ name: undefined, explanation: '', assumptions: [], questions: [], nodes: [], links: [], remove: [], unlink: [], settings: {}, unbuilt: [], faults: [] }); // prettier-ignore

/** The node that words name, by its name, key or type; undefined where less than half of them meet one. */
function named({ nodes }: Graph, words: string): GraphNode | undefined {
  const all = nodes.filter(({ type }) => type !== 'note');
  const [best] = searchOf(all.map((item) => ({ item, texts: [[item.name, 4], [item.key, 4], [item.type, 1], [String(item.config['operation'] ?? ''), 2]] as const })))(words); // prettier-ignore
  return best && best.covered >= 0.5 ? best.item : undefined;
}

const texts = ({ nodes }: Graph, connections: readonly Connection[]): string[] => {
  const keyBy = new Map(nodes.map(({ id, key }) => [id, key]));
  return connections.map((one) => linkText({ ...one, source: keyBy.get(one.source)!, target: keyBy.get(one.target)! }));
};

/** Where a node is left when all is well. */
function wayOut({ types }: Catalogue, node: GraphNode): string {
  const outputs = byConfig<readonly PortDeclaration[]>(types.get(node.type)?.outputs ?? [{ name: 'main' }], node.config);
  const ways = outputs.filter(({ name, kind = 'flow' }) => kind === 'flow' && name !== 'error' && name !== 'denied').map(({ name }) => name);
  return ['main', 'done', 'approved', 'pass', 'ok', 'true'].find((port) => ways.includes(port)) ?? ways[0] ?? 'main';
}

const end = (key: string, port: string): string => (port === 'main' ? key : `${key}:${port}`);

/** The last node of the longest way. */
function lastOf({ nodes, connections }: Graph): GraphNode | undefined {
  const left = new Set(connections.map(({ source }) => source));
  const leaves = nodes.filter(({ id, type }) => !left.has(id) && type !== 'note' && type !== 'fail');
  return leaves.toSorted((a, b) => (b.layout?.x ?? 0) - (a.layout?.x ?? 0))[0];
}

/** What the steps ask for is asked by the trigger, where somebody starts it. */
function form(graph: Graph, { fields }: Steps): SaidNode[] {
  const start = graph.nodes.find(({ type, config }) => type === 'trigger' && (config['mode'] ?? 'manual') === 'manual');
  if (!start || Object.keys(fields).length === 0) return [];
  const old = (start.config['inputSchema'] ?? {}) as { properties?: Record<string, Json>; required?: Json[] };
  const inputSchema = { type: 'object', ...old, properties: { ...old.properties, ...fields }, required: [...new Set([...(old.required ?? []), ...Object.keys(fields)])] };
  return [{ key: start.key, type: start.type, name: start.name, config: { ...start.config, inputSchema }, why: `The steps need ${Object.keys(fields).join(', ')}` }];
} // prettier-ignore

/** Steps between what led to a place and where it led. */
function inserted(catalogue: Catalogue, graph: Graph, words: string, at: { node: GraphNode; before: boolean }): Said {
  const start = graph.nodes.find(({ type }) => type === 'trigger')?.key ?? 'start';
  const steps = stepsFor(catalogue, clausesOf(words), { start, from: 'here', taken: new Set([...graph.nodes.map(({ key }) => key), 'here']) });
  const [first] = steps.nodes;
  if (!first) return { ...nothing(), unbuilt: steps.unbuilt };
  const flow = graph.connections.filter(({ kind }) => kind === 'flow');
  const port = wayOut(catalogue, at.node);
  const cut = at.before ? flow.filter(({ target, targetPort }) => target === at.node.id && targetPort === 'main') : flow.filter(({ source, sourcePort }) => source === at.node.id && sourcePort === port);
  const last = steps.nodes.at(-1)!;
  const out = end(last.key, wayOut(catalogue, { ...at.node, type: last.type, config: last.config }));
  const keyBy = new Map(graph.nodes.map(({ id, key }) => [id, key]));
  const into = at.before ? cut.map(({ source, sourcePort }) => `${end(keyBy.get(source)!, sourcePort)} -> ${first.key}`) : [`${end(at.node.key, port)} -> ${first.key}`];
  const on = at.before ? [`${out} -> ${at.node.key}`] : cut.map(({ target, targetPort }) => `${out} -> ${end(keyBy.get(target)!, targetPort)}`);
  return { ...nothing(), nodes: [...form(graph, steps), ...steps.nodes], links: [...into, ...steps.links.slice(1), ...on], unlink: texts(graph, cut), unbuilt: steps.unbuilt };
} // prettier-ignore

function removing(graph: Graph, words: string): Said | undefined {
  const node = named(graph, words);
  if (!node || node.type === 'trigger') return undefined;
  return { ...nothing(), remove: [node.key], links: texts(graph, bridged(graph.connections, node.id)) };
}

const TRIED: ReadonlySet<string> = new Set(['operation', 'http_api', 'data', 'entity_query', 'monitoring', 'maintenance']);

function retrying(graph: Graph, selected: readonly string[], times: number): Said | undefined {
  const meant = graph.nodes.filter(({ id, type }) => (selected.length > 0 ? selected.includes(id) : TRIED.has(type)));
  const maxAttempts = Math.min(10, Math.max(2, times));
  const nodes = meant.map(({ key, type, name, config, settings }): SaidNode => {
    const { pinnedOutput: _, ...rest } = settings ?? {};
    return { key, type, name, config, settings: { ...rest, retry: { ...rest.retry, maxAttempts } }, why: `It is tried up to ${maxAttempts} times` };
  });
  return nodes.length > 0 ? { ...nothing(), nodes } : undefined;
}

/** The trigger that somebody starts by hand begins by the clock. */
function timed({ nodes }: Graph, cron: string): Said | undefined {
  const start = nodes.find(({ type, config }) => type === 'trigger' && ['manual', 'schedule'].includes(String(config['mode'] ?? 'manual')));
  if (!start) return undefined;
  const { key, type, name } = start;
  return {
    ...nothing(),
    nodes: [{ key, type, name, config: { ...start.config, mode: 'schedule', type: 'cron', cron }, why: `It begins by the clock (${cron})` }],
  };
}

/** What is asked for in a way of its own: by the clock, away, or again. */
function special(graph: Graph, instruction: string, selected: readonly string[]): Said | undefined {
  const rhythm = rhythmOf(instruction);
  const clock = rhythm && clausesOf(rhythm.rest).every(({ kind }) => kind === 'do') ? timed(graph, rhythm.cron) : undefined;
  if (clock) return clock;
  const [, gone] = REMOVE.exec(instruction) ?? [];
  const removed = gone === undefined ? undefined : removing(graph, gone);
  if (removed) return removed;
  const again = RETRY.exec(instruction);
  return again ? retrying(graph, selected, Number(again[1] ?? 3)) : undefined;
}

/** Where something is to come: beside the node that is named, behind what is selected, or at the end. */
function placeFor(graph: Graph, instruction: string, selected: readonly string[]): { node: GraphNode | undefined; before: boolean; words: string } {
  const [place, word = '', where = ''] = PLACE.exec(instruction) ?? [];
  const anchor = place === undefined ? undefined : named(graph, where);
  if (!anchor || place === undefined)
    return { node: graph.nodes.find(({ id }) => id === selected.at(-1)) ?? lastOf(graph), before: false, words: instruction };
  return { node: anchor, before: /^(?:before|vor)$/iu.test(word) && anchor.type !== 'trigger', words: instruction.replace(place, '') };
}

/** What an instruction asks of a graph, as far as it can be told without a model. */
export function changesOf(catalogue: Catalogue, graph: Graph, instruction: string, selected: readonly string[]): Said {
  const found = special(graph, instruction, selected);
  if (found) return found;
  const { node, before, words } = placeFor(graph, instruction, selected);
  if (!node) return { ...nothing(), unbuilt: [{ wanted: instruction, why: 'There is no node behind which it could come.' }] };
  return inserted(catalogue, graph, words, { node, before });
}
