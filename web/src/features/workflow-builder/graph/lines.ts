import type { Connection, ConnectionKind } from '../types.ts';
import type { Doc } from './doc.ts';

/** Tools and memories hang on what uses them: such lines say nothing of order. */
export const hangs = ({ kind = 'flow' }: { kind?: ConnectionKind }): boolean => kind !== 'flow';

/** Lines of order and data, found from either end. The way back into a loop is not among them: without it a graph has no circle. */
export interface Lines {
  into: ReadonlyMap<string, readonly Connection[]>;
  out: ReadonlyMap<string, readonly Connection[]>;
}
export const isReturn = ({ targetPort }: Pick<Connection, 'targetPort'>): boolean => targetPort === 'next';

/** `returns`: with the way back into loops. `hanging`: with tools and memories. */
export function linesOf(doc: Doc, { returns = false, hanging = false } = {}): Lines {
  const into = new Map<string, Connection[]>();
  const out = new Map<string, Connection[]>();
  const add = (to: Map<string, Connection[]>, id: string, line: Connection) => {
    const there = to.get(id);
    if (there) there.push(line);
    else to.set(id, [line]);
  };
  for (const line of Object.values(doc.connections)) {
    if ((!hanging && hangs(line)) || (!returns && isReturn(line))) continue;
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

/** Ids in the order in which they run; what stands higher, then more to the left, first. Tools come behind what uses them, notes last. */
export function flowOrder(doc: Doc): string[] {
  const { into, out } = linesOf(doc, { hanging: true });
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
    const freed = (out.get(id) ?? []).flatMap((line) => {
      const count = left.get(line.target);
      if (count === undefined) return [];
      left.set(line.target, count - 1);
      return count === 1 ? [line] : [];
    });
    // What follows directly comes next, so that a branch is read as a whole; tools before all else.
    const next = freed.sort((a, b) => Number(hangs(b)) - Number(hangs(a)) || compare(a.target, b.target));
    ready.unshift(...next.map(({ target }) => target));
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

interface Hung {
  tool: number;
  memory: number;
}
const hungOf = new WeakMap<Doc['connections'], ReadonlyMap<string, Hung>>();
/** How many tools and memories hang on a node, by its id; worked out once per graph. */
export function hungOn({ connections }: Doc): ReadonlyMap<string, Hung> {
  const there = hungOf.get(connections);
  if (there) return there;
  const made = new Map<string, Hung>();
  for (const { kind, source } of Object.values(connections)) {
    if (kind === 'flow') continue;
    const hung = made.get(source) ?? { tool: 0, memory: 0 };
    hung[kind] += 1;
    made.set(source, hung);
  }
  hungOf.set(connections, made);
  return made;
}
