import { newId } from '#kernel/ids.ts';
import type { Graph, GraphNode, WorkflowSettings } from '../graph.ts';
import { bridged } from '../model/bridge.ts';
import { applyEdits, Edits } from '../model/edits.ts';
import { freeKey } from '../model/keys.ts';
import { validateGraph, type Facts, type Finding, type Report } from '../validation/index.ts';
import { placed } from './places.ts';

/** A part that could not be built, with the Note that stands for it. */
export interface Unbuilt {
  nodeId: string;
  wanted: string;
  why: string;
}

/** What is merely not there yet is listed as missing; it is no mistake of the graph. */
const MISSING: ReadonlySet<string> = new Set(['V20']);

export const mistakesIn = ({ errors }: Report): Finding[] => errors.filter(({ rule }) => !MISSING.has(rule));

const textOf = ({ rule, nodeId, pointer, message }: Finding): string => `${rule} ${nodeId ?? ''} ${pointer ?? ''} ${message}`;
/** Those of the second that the first did not have. */
function newMistakes(before: Report, after: Report): Finding[] {
  const known = new Set(before.errors.map(textOf));
  return mistakesIn(after).filter((one) => !known.has(textOf(one)));
}

const noteText = (wanted: string, why: string): string => `**Not built:** ${wanted}\n\n${why}`.slice(0, 10_000);

/** A Note with what was wanted, and why it is not there. */
export function noteFor(taken: { has: (key: string) => boolean }, wanted: string, why: string): GraphNode {
  return { id: newId(), key: freeKey('not_built', taken), type: 'note', typeVersion: 1, name: 'Not built', config: { text: noteText(wanted, why) } };
}

/** A node becomes a Note; what led to it leads on to where it went. */
function asNote({ nodes, connections }: Graph, id: string, why: string): Graph {
  const links = [...connections, ...bridged(connections, id)].filter(({ source, target }) => source !== id && target !== id);
  const noted = nodes.map((node): GraphNode => {
    if (node.id !== id) return node;
    const { description: _, settings: __, ...rest } = node;
    return { ...rest, type: 'note', typeVersion: 1, config: { text: noteText(`${node.name} (${node.type})`, why) } };
  });
  return { nodes: noted, connections: links };
}

export function withNotes(graph: Graph, whys: ReadonlyMap<string, string>): { graph: Graph; unbuilt: Unbuilt[] } {
  const unbuilt = graph.nodes.flatMap(({ id, name, type }) =>
    whys.has(id) ? [{ nodeId: id, wanted: `${name} (${type})`, why: whys.get(id)! }] : [],
  );
  return { graph: [...whys].reduce((now, [id, why]) => asNote(now, id, why), graph), unbuilt };
}

const withoutLink = ({ nodes, connections }: Graph, id: string): Graph => ({ nodes, connections: connections.filter((one) => one.id !== id) });

/** Edits that the rules themselves know, such as a Merge where branches meet; a fix that does not fit is passed over. */
function fixed(graph: Graph, settings: WorkflowSettings, found: readonly Finding[]): Graph {
  return found.reduce((now, { rule, fix }) => {
    const edits = rule === 'V12' && fix ? Edits.safeParse(fix.ops) : undefined;
    if (!edits?.success) return now;
    try {
      return applyEdits({ graph: now, settings }, edits.data).graph;
    } catch {
      return now;
    }
  }, graph);
}

const BY_HAND = { mode: 'manual' } as const;

/** What is done about a mistake that whoever made it did not mend: a trigger begins by hand, a connection goes, a node becomes a Note. */
function mended(graph: Graph, { nodeId, connectionId, message }: Finding, unbuilt: Unbuilt[]): Graph {
  if (connectionId !== undefined && graph.connections.some(({ id }) => id === connectionId)) return withoutLink(graph, connectionId);
  const node = graph.nodes.find(({ id }) => id === nodeId);
  if (!node) return graph;
  if (node.type === 'trigger' && node.config['mode'] !== 'manual')
    return { ...graph, nodes: graph.nodes.map((one) => (one === node ? { ...one, config: { ...BY_HAND } } : one)) };
  const noted = withNotes(graph, new Map([[node.id, message]]));
  unbuilt.push(...noted.unbuilt);
  return noted.graph;
}

export interface Settling {
  facts: Facts;
  settings: WorkflowSettings;
  /** Mistakes that were there before and are nobody's of this answer. */
  known?: Report | undefined;
  /** Nodes and connections that may be taken away, by id; all of them when left out. */
  mine?: ((id: string) => boolean) | undefined;
}

export const judge = (graph: Graph, { facts, settings }: Settling): Report => validateGraph(facts, graph, settings);

/** Mistakes of this answer, after what the rules can put right themselves. */
export function looked(graph: Graph, settling: Settling): { graph: Graph; mistakes: Finding[] } {
  const mistakesOf = (one: Graph): Finding[] => {
    const report = judge(one, settling);
    return settling.known ? newMistakes(settling.known, report) : mistakesIn(report);
  };
  const merged = placed(fixed(graph, settling.settings, mistakesOf(graph)));
  return { graph: merged, mistakes: mistakesOf(merged) };
}

/**
 * The graph without its mistakes, one after the other: what cannot be built becomes a Note. Ends, since each round takes something away;
 * what is wrong with the graph as a whole is left to the caller.
 */
export function settled(given: Graph, settling: Settling): { graph: Graph; unbuilt: Unbuilt[]; mistakes: Finding[] } {
  const unbuilt: Unbuilt[] = [];
  let graph = given;
  for (let round = 0; round < 200; round += 1) {
    const seen = looked(graph, settling);
    const first = seen.mistakes.find(({ nodeId, connectionId }) => !settling.mine || settling.mine(connectionId ?? nodeId ?? ''));
    const next = first ? mended(seen.graph, first, unbuilt) : seen.graph;
    if (!first || next === seen.graph) return { graph: seen.graph, unbuilt, mistakes: seen.mistakes };
    graph = next;
  }
  return { graph, unbuilt, mistakes: looked(graph, settling).mistakes };
}
