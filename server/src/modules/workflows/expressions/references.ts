import { childrenOf, comprehensionOf, type Node } from '#kernel/cel/nodes.ts';
import type { References } from './scope.ts';

/** A path of names below a variable, such as `nodes.fetch.output.items`; a part that is told only when it runs ends it. */
export interface Path {
  root: string;
  names: readonly string[];
  /** The first `n` names are read so that their absence is no error: by `.?`, within `has`, `default` or `coalesce`. */
  guarded: boolean;
  start: number;
  end: number;
}

const ACCESS: ReadonlySet<string> = new Set(['.', '.?', '[]', '[?]']);
const LOOKS: ReadonlySet<string> = new Set(['default', 'coalesce', 'has']);

const literal = (node: unknown): string | undefined => {
  if (typeof node === 'string') return node;
  const { op, args } = node as Node;
  return op === 'value' && typeof args === 'string' ? args : undefined;
};

/** The path that ends at a node; undefined when it begins with something else than a variable. */
function pathAt(node: Node): (Omit<Path, 'guarded'> & { optional: boolean; whole: boolean }) | undefined {
  if (node.op === 'id') return { root: node.args as string, names: [], start: node.start, end: node.end, optional: false, whole: true };
  if (!ACCESS.has(node.op)) return undefined;
  const [left, right] = node.args as [Node, unknown];
  const below = pathAt(left);
  if (!below) return undefined;
  const name = below.whole ? literal(right) : undefined;
  const optional = below.optional || node.op.includes('?');
  return name === undefined ? { ...below, optional, whole: false } : { ...below, names: [...below.names, name], end: node.end, optional };
}

/** Every path that an expression reads from outside, each as long as it is told. */
export function pathsOf(node: Node, bound: ReadonlySet<string> = new Set(), guarded = false): Path[] {
  const path = pathAt(node);
  if (path) {
    const { optional, whole: _whole, ...rest } = path;
    const inner = indexesOf(node).flatMap((one) => pathsOf(one, bound, guarded));
    return [...(bound.has(path.root) ? [] : [{ ...rest, guarded: guarded || optional }]), ...inner];
  }
  const comprehension = comprehensionOf(node);
  if (comprehension) {
    const within = new Set([...bound, comprehension.variable.args as string]);
    return [...pathsOf(comprehension.range, bound, guarded), ...comprehension.bodies.flatMap((body) => pathsOf(body, within, guarded))];
  }
  const looks = node.op === 'call' && LOOKS.has((node.args as [string])[0]);
  return childrenOf(node).flatMap((child) => pathsOf(child, bound, guarded || looks));
}

/** Expressions in brackets along a path: they read things of their own. */
function indexesOf(node: Node): Node[] {
  if (!ACCESS.has(node.op)) return [];
  const [left, right] = node.args as [Node, unknown];
  const own = typeof right === 'object' && right !== null && literal(right) === undefined ? [right as Node] : [];
  return [...indexesOf(left), ...own];
}

const unique = (names: readonly (string | undefined)[]): string[] => [...new Set(names.filter((one) => one !== undefined))];

export function referencesOf(paths: readonly Path[]): References {
  const below = (root: string): string[] => unique(paths.filter((path) => path.root === root).map(({ names }) => names[0]));
  return { nodes: below('nodes'), vars: below('vars'), secrets: below('secrets'), roots: unique(paths.map(({ root }) => root)) };
}

export const NO_REFERENCES: References = { nodes: [], vars: [], secrets: [], roots: [] };

export const together = (all: readonly References[]): References => ({
  nodes: unique(all.flatMap(({ nodes }) => nodes)),
  vars: unique(all.flatMap(({ vars }) => vars)),
  secrets: unique(all.flatMap(({ secrets }) => secrets)),
  roots: unique(all.flatMap(({ roots }) => roots)),
});
