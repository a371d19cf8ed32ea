import { sha256 } from '#kernel/ids.ts';
import type { Connection, Graph, GraphNode, Json } from '../graph.ts';
import type { Fix } from './findings.ts';

/** An id that hangs on what it is made of: asking twice gives the same edit (RFC 9562, version 8). */
function madeId(...of: readonly string[]): string {
  const hex = sha256(of.join(' '));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A key that no node has yet. */
function freeKey(graph: Graph, wanted: string): string {
  const taken = new Set(graph.nodes.map(({ key }) => key));
  for (let at = 1; ; at++) {
    const key = at === 1 ? wanted : `${wanted}_${at}`;
    if (!taken.has(key)) return key;
  }
}

const MOST_INPUTS = 16;

/** A Merge in front of an input: what came in there comes in at its inputs. */
export function insertMerge(graph: Graph, target: GraphNode, port: string, connections: readonly Connection[]): Fix | undefined {
  if (connections.length > MOST_INPUTS) return undefined;
  const id = madeId('merge', target.id, port);
  const key = freeKey(graph, 'merge');
  const layout = target.layout ? { layout: { x: target.layout.x - 140, y: target.layout.y } } : {};
  const node: GraphNode = { id, key, type: 'merge', typeVersion: 1, name: 'Merge', config: { inputs: connections.length }, ...layout };
  return {
    title: 'Insert Merge',
    ops: [
      { op: 'addNode', node },
      ...connections.map((one) => ({ op: 'disconnect', id: one.id })),
      ...connections.map((one, at) => ({
        op: 'connect',
        connection: { ...one, id: madeId(one.id, id), target: id, targetPort: `in${at + 1}` } as unknown as Json,
      })),
      { op: 'connect', connection: { id: madeId(id, target.id), kind: 'flow', source: id, sourcePort: 'main', target: target.id, targetPort: port } },
    ],
  };
}

/** The configuration with one text replaced. */
export function withText(config: Readonly<Record<string, Json>>, pointer: string, text: string): Record<string, Json> {
  const path = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')); // prettier-ignore
  const set = (value: Json, [key, ...rest]: readonly string[]): Json => {
    if (key === undefined) return text;
    if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? set(one, rest) : one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === key ? set(one, rest) : one]));
  };
  return set(config, path) as Record<string, Json>;
}

export const setConfig = (title: string, node: GraphNode, config: Record<string, Json>): Fix => ({
  title,
  ops: [{ op: 'updateNode', id: node.id, set: { config } }],
});
