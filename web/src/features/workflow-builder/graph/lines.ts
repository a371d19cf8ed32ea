import type { Connection } from '../types.ts';
import type { Doc } from './doc.ts';

/** Lines of order and data, found from either end. The way back into a loop is not among them: without it a graph has no circle. */
export interface Lines {
  into: ReadonlyMap<string, readonly Connection[]>;
  out: ReadonlyMap<string, readonly Connection[]>;
}
export const isReturn = ({ targetPort }: Pick<Connection, 'targetPort'>): boolean => targetPort === 'next';

export function linesOf(doc: Doc, returns = false): Lines {
  const into = new Map<string, Connection[]>();
  const out = new Map<string, Connection[]>();
  const add = (to: Map<string, Connection[]>, id: string, line: Connection) => {
    const there = to.get(id);
    if (there) there.push(line);
    else to.set(id, [line]);
  };
  for (const line of Object.values(doc.connections)) {
    if (line.kind !== 'flow' || (!returns && isReturn(line))) continue;
    add(into, line.target, line);
    add(out, line.source, line);
  }
  return { into, out };
}

/** Everything that can be reached by `next` from the given ids, without them unless a circle leads back. */
function reach(from: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const other of next(id)) {
      if (found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  }
  return found;
}
export const after = (lines: Lines, id: string): Set<string> => reach([id], (at) => (lines.out.get(at) ?? []).map(({ target }) => target));
/** Nodes whose outputs an expression of this one may name. */
export const before = (lines: Lines, id: string): Set<string> => reach([id], (at) => (lines.into.get(at) ?? []).map(({ source }) => source));

/** What stands between a loop's port `body` and the way back. */
export function regionOf(lines: Lines, loop: string): Set<string> {
  const starts = (lines.out.get(loop) ?? []).filter(({ sourcePort }) => sourcePort === 'body').map(({ target }) => target);
  const found = reach(starts, (at) => (at === loop ? [] : (lines.out.get(at) ?? []).map(({ target }) => target)));
  for (const start of starts) found.add(start);
  found.delete(loop);
  return found;
}

/** Ids in the order in which they run; what stands higher, then more to the left, first. Notes come last. */
export function flowOrder(doc: Doc): string[] {
  const { into, out } = linesOf(doc);
  const rank = (id: string): [number, number, number, string] => {
    const { type, layout } = doc.nodes[id]!;
    return [type === 'trigger' ? 0 : type === 'note' ? 2 : 1, layout?.y ?? 0, layout?.x ?? 0, id];
  };
  const compare = (a: string, b: string): number => {
    const [x, y] = [rank(a), rank(b)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at === -1 ? 0 : x[at]! < y[at]! ? -1 : 1;
  };
  const left = new Map(Object.keys(doc.nodes).map((id) => [id, (into.get(id) ?? []).filter(({ source }) => doc.nodes[source]).length]));
  const ready = [...left].filter(([, count]) => count === 0).map(([id]) => id).sort(compare); // prettier-ignore
  const order: string[] = [];
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id);
    left.delete(id);
    const freed = (out.get(id) ?? []).flatMap(({ target }) => {
      const count = left.get(target);
      if (count === undefined) return [];
      left.set(target, count - 1);
      return count === 1 ? [target] : [];
    });
    // What follows directly comes next, so that a branch is read as a whole.
    ready.unshift(...freed.sort(compare));
  }
  return [...order, ...[...left.keys()].sort(compare)];
}

const takenOf = new WeakMap<Doc['connections'], ReadonlySet<string>>();
/** Output ports from which lines go out, as `<node> <port>`; worked out once per graph. */
export function takenPorts({ connections }: Doc): ReadonlySet<string> {
  const there = takenOf.get(connections);
  if (there) return there;
  const made = new Set(Object.values(connections).map(({ source, sourcePort }) => `${source} ${sourcePort}`));
  takenOf.set(connections, made);
  return made;
}
