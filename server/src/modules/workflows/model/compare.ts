import { canonicalJson } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Graph, GraphNode, Json, WorkflowSettings } from '../graph.ts';
import { contentOf } from './hash.ts';
import { calledBy, operationsIn, secretsIn, variablesIn } from './uses.ts';

export interface Side {
  graph: Graph;
  settings: WorkflowSettings;
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);
const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Fields that differ, each by its pointer (RFC 6901); lists are compared as a whole. */
function fieldsBetween(before: unknown, after: unknown, path = ''): { path: string; before: Json; after: Json }[] {
  if (same(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ path, before: (before ?? null) as Json, after: (after ?? null) as Json }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => fieldsBetween(before[name], after[name], `${path}/${escaped(name)}`));
}

const refOf = ({ id, key, name, type }: GraphNode) => ({ id, key, name, type });

/** Connections by the keys of what they join: their own ids say nothing. */
function links({ nodes, connections }: Graph) {
  const keys = new Map(nodes.map(({ id, key }) => [id, key]));
  return connections.map(({ kind, source, sourcePort, target, targetPort }) => ({
    kind,
    source: keys.get(source) ?? source,
    sourcePort,
    target: keys.get(target) ?? target,
    targetPort,
  }));
}

const without = <T>(all: readonly T[], others: readonly T[]): T[] => {
  const known = new Set(others.map((one) => canonicalJson(one)));
  return all.filter((one) => !known.has(canonicalJson(one)));
};
const gained = (before: readonly string[], after: readonly string[]) => ({ added: without(after, before), removed: without(before, after) });

/** What changed between two states of a workflow, for eyes. */
export function compare(from: Side, to: Side, operations: ReadonlyMap<string, AnyOperation>) {
  const old = new Map(from.graph.nodes.map((node) => [node.id, node]));
  const now = new Map(to.graph.nodes.map((node) => [node.id, node]));
  const both = to.graph.nodes.flatMap((node) => (old.has(node.id) ? [{ before: old.get(node.id)!, after: node }] : []));
  const changed = both
    .map(({ before, after }) => ({ ...refOf(after), fields: fieldsBetween(contentOf(before), contentOf(after)) }))
    .filter(({ fields }) => fields.length > 0);
  const joins = gainedLinks(from.graph, to.graph);
  const [before, after] = [operationsIn(from.graph), operationsIn(to.graph)];
  const permissions = (graph: Graph): string[] => [...new Set(calledBy(graph, operations).map(({ permission }) => permission))].sort();
  const settings = fieldsBetween(from.settings, to.settings);
  const added = to.graph.nodes.filter(({ id }) => !old.has(id)).map(refOf);
  const removed = from.graph.nodes.filter(({ id }) => !now.has(id)).map(refOf);
  return {
    same: [added, removed, changed, settings, joins.added, joins.removed].every((list) => list.length === 0),
    added,
    removed,
    changed,
    moved: both.filter((pair) => !same(pair.before.layout, pair.after.layout)).map((pair) => refOf(pair.after)),
    connections: joins,
    settings,
    operations: {
      added: without(after, before).map((name) => ({ name, risk: operations.get(name)?.risk ?? null })),
      removed: without(before, after),
    },
    permissions: gained(permissions(from.graph), permissions(to.graph)),
    secrets: gained(secretsIn(from.graph), secretsIn(to.graph)),
    variables: gained(variablesIn(from.graph), variablesIn(to.graph)),
  };
}

function gainedLinks(from: Graph, to: Graph) {
  const [before, after] = [links(from), links(to)];
  return { added: without(after, before), removed: without(before, after) };
}
