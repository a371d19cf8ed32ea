import { isDeepStrictEqual } from 'node:util';
import type { Graph, GraphNode } from '../graph.ts';

/** Where a run of a node lies: its node and its place in nested loops. */
export interface Place {
  nodeId: string;
  path: string;
}

type Edges = Graph['connections'];
const flowOf = (graph: Graph): Edges => graph.connections.filter(({ kind }) => kind === 'flow');
const stepsOf = (path: string): number[] => (path === '' ? [] : path.split('.').map(Number));
const isLoop = ({ type }: GraphNode): boolean => type === 'loop';

/** Nodes that lie behind these connections; what leads back into a loop is not followed, `beyond` neither. */
function behind(edges: Edges, first: Edges, loops: ReadonlySet<string>, beyond?: string): Set<string> {
  const found = new Set<string>();
  const open = [...first];
  for (let edge = open.pop(); edge; edge = open.pop()) {
    const { target, targetPort } = edge;
    if (found.has(target) || target === beyond || (loops.has(target) && targetPort === 'next')) continue;
    found.add(target);
    open.push(...edges.filter(({ source }) => source === target));
  }
  return found;
}

interface Loop {
  id: string;
  body: ReadonlySet<string>;
  isParallel: boolean;
}

const loopsOf = (graph: Graph, edges: Edges, ids: ReadonlySet<string>): Loop[] =>
  graph.nodes.filter(isLoop).map(({ id, config }) => ({
    id,
    body: behind(edges, edges.filter(({ source, sourcePort }) => source === id && sourcePort === 'body'), ids, id),
    isParallel: typeof config['parallel'] === 'number' && config['parallel'] > 1,
  })); // prettier-ignore

type Order = 'before' | 'same' | 'after';
/** How a place lies to the beginning of a path: in the same iterations, in one before, or in one after. */
function order(path: readonly number[], to: readonly number[]): Order {
  for (const [level, index] of to.entries()) {
    const own = path[level];
    if (own === undefined) return 'same';
    if (own !== index) return own < index ? 'before' : 'after';
  }
  return 'same';
}

/**
 * Which runs are to be done again when nodes are (workflows.md 9.8): the nodes themselves and whatever follows them. In a loop the
 * iterations before are kept, those after too where iterations do not wait for one another.
 */
export function affectedBy(graph: Graph, from: readonly Place[]): (place: Place) => boolean {
  const edges = flowOf(graph);
  const ids = new Set(graph.nodes.filter(isLoop).map(({ id }) => id));
  const loops = loopsOf(graph, edges, ids);
  const tests = from.flatMap((start) => testsFor(start, { edges, ids, loops }));
  return (place) => tests.some((test) => test(place));
}

type Test = (place: Place) => boolean;

function testsFor({ nodeId, path }: Place, { edges, ids, loops }: { edges: Edges; ids: ReadonlySet<string>; loops: readonly Loop[] }): Test[] {
  const at = stepsOf(path);
  // Outermost first: the body of an outer loop holds the inner one.
  const around = loops.filter(({ body }) => body.has(nodeId)).toSorted((a, b) => Number(b.body.has(a.id)) - Number(a.body.has(b.id)));
  const isLater = (found: Order, level: number): boolean => found === 'after' && !(around[level - 1]?.isParallel ?? false);
  const hit = (place: Place, level: number): boolean => {
    const found = order(stepsOf(place.path), at.slice(0, level));
    return found === 'same' || isLater(found, level);
  };
  const after = behind(edges, edges.filter(({ source }) => source === nodeId), ids); // prettier-ignore
  const own: Test = (place) => (place.nodeId === nodeId || after.has(place.nodeId)) && hit(place, at.length);
  const outer = around.slice(0, at.length).flatMap((loop, index): Test[] => {
    const done = behind(edges, edges.filter(({ source, sourcePort }) => source === loop.id && sourcePort !== 'body'), ids); // prettier-ignore
    return [
      // The loop itself goes on, and what follows it is done with other results.
      (place) => (place.nodeId === loop.id || (done.has(place.nodeId) && !loop.body.has(place.nodeId))) && hit(place, index),
      (place) => loop.body.has(place.nodeId) && isLater(order(stepsOf(place.path), at.slice(0, index + 1)), index + 1),
    ];
  });
  return [own, ...outer];
}

/** What a record says about how a run went. */
export interface Run extends Place {
  status: string;
  /** Of its end; of its start where it has none. */
  at: Date;
}

/** Where a retry begins when nobody says so: the first run that failed and that nothing took over. */
export function firstFailed(runs: readonly Run[]): Place | undefined {
  const bad = runs.filter(({ status }) => status === 'failed' || status === 'in_doubt' || status === 'cancelled');
  const failed = bad.filter(({ status }) => status !== 'cancelled');
  return (failed.length > 0 ? failed : bad).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
}

/** Nodes of `keys` or ids with a place, such as `send`, `send@3.0`. */
export function placesOf(graph: Graph, wanted: readonly string[]): { found: Place[]; unknown: string[] } {
  const found: Place[] = [];
  const unknown: string[] = [];
  for (const text of wanted) {
    const [name = '', path = ''] = text.split('@');
    const node = graph.nodes.find(({ id, key }) => id === name || key === name);
    if (node && /^(\d+(\.\d+)*)?$/.test(path)) found.push({ nodeId: node.id, path });
    else unknown.push(text);
  }
  return { found, unknown };
}

/** Keys of nodes that are not, or do something else, in `to`: what they did cannot stand for what they would do there. */
export function changedNodes(from: Graph, to: Graph, nodeIds: Iterable<string>): string[] {
  const [before, after] = [from, to].map(({ nodes }) => new Map(nodes.map((node) => [node.id, node])));
  const same = (a: GraphNode | undefined, b: GraphNode | undefined): boolean =>
    a !== undefined && b !== undefined && a.key === b.key && a.type === b.type && a.typeVersion === b.typeVersion && isDeepStrictEqual(a.config, b.config) && Boolean(a.settings?.disabled) === Boolean(b.settings?.disabled); // prettier-ignore
  return [...new Set(nodeIds)].filter((id) => !same(before!.get(id), after!.get(id))).map((id) => before!.get(id)?.key ?? id);
}
