import { newId } from '#kernel/ids.ts';
import { NodeKey, RESERVED_KEYS, type Connection, type Graph, type GraphNode, type Json } from '../graph.ts';
import { linkText, parseLink } from '../model/drawing.ts';
import { asKey, freeKey } from '../model/keys.ts';
import { operationsOf } from '../model/uses.ts';
import type { Said, SaidNode } from './answer.ts';
import type { Catalogue } from './catalogue.ts';
import { placed } from './places.ts';

/** A graph made of an answer, with what of the answer could not be used. */
interface Assembled {
  graph: Graph;
  /** Nodes that the answer added or changed, with the reason that was given. */
  touched: ReadonlyMap<string, string | undefined>;
  faults: string[];
}

/** A key as expressions may use it; whoever chose another meant the same node by it everywhere in the answer. */
function keyOf(said: string, taken: ReadonlySet<string>): string {
  if (NodeKey.safeParse(said).success && !RESERVED_KEYS.has(said)) return said;
  return freeKey(asKey(said), taken);
}

/** Agents that nobody looked at ask before they change anything, whatever was answered (workflows.md 11.5). */
const careful = (type: string, config: Record<string, Json>): Record<string, Json> =>
  type === 'ai_agent' && !['deny', 'plan'].includes(String(config['writeMode'])) ? { ...config, writeMode: 'approve' } : config;

function made(said: SaidNode, key: string, before: GraphNode | undefined): GraphNode {
  const { type, name, description, config, settings } = said;
  return {
    ...(before ?? { id: newId(), typeVersion: 1 }),
    key,
    type: type.slice(0, 60),
    name,
    ...(description === undefined ? {} : { description }),
    config: careful(type, config),
    ...(settings === undefined ? {} : { settings: { ...before?.settings, ...settings } }),
  };
}

/** Where a link leads, by ids; undefined for one that joins nothing. */
function ends(text: string, idOf: ReadonlyMap<string, string>): Omit<Connection, 'id'> | undefined {
  const link = parseLink(text);
  const [source, target] = [idOf.get(link?.source ?? ''), idOf.get(link?.target ?? '')];
  return link && source !== undefined && target !== undefined ? { ...link, source, target } : undefined;
}

const same = (a: Omit<Connection, 'id'>, b: Omit<Connection, 'id'>): boolean =>
  a.source === b.source && a.target === b.target && a.sourcePort === b.sourcePort && a.targetPort === b.targetPort;

function joined(before: readonly Connection[], said: Said, idOf: ReadonlyMap<string, string>, faults: string[]): Connection[] {
  const gone = said.unlink.flatMap((text) => ends(text, idOf) ?? []);
  const kept = before.filter((one) => !gone.some((other) => same(one, other)));
  for (const text of said.links) {
    const link = ends(text, idOf);
    if (!link) faults.push(`The link "${text.slice(0, 100)}" joins no two nodes that are there; links are written "a -> b" or "a:port -> b:port"`);
    else if (!kept.some((one) => same(one, link))) kept.push({ ...link, id: newId() });
  }
  return kept;
}

/** Puts an answer onto a graph: nodes by key, connections by their ends. Nothing of it is evaluated. */
export function assembled(base: Graph, said: Said): Assembled {
  const faults = [...said.faults];
  const gone = new Set(said.remove);
  const nodes = new Map(base.nodes.filter(({ key }) => !gone.has(key)).map((node) => [node.key, node]));
  const idOf = new Map([...nodes.values()].map(({ key, id }) => [key, id]));
  const touched = new Map<string, string | undefined>();
  for (const one of said.nodes) {
    const taken = new Set(nodes.keys());
    const key = taken.has(one.key) ? one.key : keyOf(one.key, taken);
    const node = made(one, key, nodes.get(key));
    nodes.set(key, node);
    idOf.set(key, node.id).set(one.key, node.id);
    touched.set(node.id, one.why);
  }
  const ids = new Set([...nodes.values()].map(({ id }) => id));
  const stays = base.connections.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const graph = { nodes: [...nodes.values()], connections: joined(stays, said, idOf, faults) };
  return { graph: placed(graph), touched, faults };
}

/** Nodes of those that were touched that the caller could not build, by id, with the words for it. */
export function foreign(graph: Graph, touched: { has: (id: string) => boolean }, { types, operations }: Catalogue): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of graph.nodes.filter(({ id }) => touched.has(id))) {
    if (!types.has(node.type)) found.set(node.id, `There is no node type "${node.type}" that you may use`);
    for (const name of operationsOf(node)) if (!operations.has(name)) found.set(node.id, `There is no Operation "${name.slice(0, 100)}" that you may use here`);
  }
  return found;
} // prettier-ignore

/** A graph as models are shown it: no ids, no places, no pinned data. */
export function shown({ nodes, connections }: Graph): Json {
  const keyBy = new Map(nodes.map(({ id, key }) => [id, key]));
  return {
    nodes: nodes.map(({ key, type, name, description, config, settings }) => {
      const { pinnedOutput: _, ...rest } = settings ?? {};
      return {
        key,
        type,
        name,
        ...(description ? { description } : {}),
        config,
        ...(Object.keys(rest).length > 0 ? { settings: rest as Json } : {}),
      };
    }),
    links: connections.map((one) => linkText({ ...one, source: keyBy.get(one.source) ?? '', target: keyBy.get(one.target) ?? '' })),
  };
}
