import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node, type Pair, type Scalar } from 'yaml';
import type { Fault, Json } from '../types.ts';

export const MAX_BYTES = 262_144;

export type Path = readonly (string | number)[];
/** RFC 6901. */
const pointerOf = (path: Path): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A document as text was read: its content, and where each part of it stands. */
export interface Source {
  content: unknown;
  /** Line and column of the value at a path, or of the nearest thing around it; `key` asks for the name of a field. */
  at: (path: Path, key?: string) => [line: number, column: number];
  fault: (path: Path, message: string, options?: { key?: string; severity?: Fault['severity'] }) => Fault;
  positions: () => Record<string, [line: number, column: number]>;
}

const at = (counter: LineCounter, offset: number): [number, number] => {
  const { line, col } = counter.linePos(offset);
  return [Math.max(line, 1), Math.max(col, 1)];
};

const FORBIDDEN = 'is not allowed in a policy document: what is read must be what is written';

/** Anchors, aliases, tags and merge keys let a document mean something else than it shows, or blow up when it is read. */
function forbidden(document: Document.Parsed, counter: LineCounter): Fault[] {
  const faults: Fault[] = [];
  const add = (node: { range?: readonly number[] | null | undefined }, message: string): void => {
    const [line, column] = at(counter, node.range?.[0] ?? 0);
    faults.push({ line, column, pointer: '', message, severity: 'error' });
  };
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) add(node, `the alias *${node.source} ${FORBIDDEN}`);
      else if (isNode(node) && 'anchor' in node && node.anchor) add(node, `the anchor &${node.anchor} ${FORBIDDEN}`);
      if (node.tag && !isAlias(node)) add(node, `the tag ${node.tag} ${FORBIDDEN}`);
    },
    Pair: (_key, pair) => {
      const key = pair.key as Scalar;
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') add(key, `the merge key << ${FORBIDDEN}`);
      else if (!isScalar(key) || typeof key.value === 'object') add(isNode(pair.key) ? pair.key : {}, 'names of fields must be plain texts');
    },
  });
  return faults;
}

const pairIn = (node: unknown, key: string | number): Pair | undefined =>
  isMap(node) ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) : undefined;

/** Where the text of a value begins: behind a quote, on the line after the mark of a block. */
function startOf(node: Node, counter: LineCounter): [number, number] {
  const [line, column] = at(counter, node.range?.[0] ?? 0);
  const type = isScalar(node) ? node.type : undefined;
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') return [line, column + 1];
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL' ? [line + 1, 1] : [line, column];
}

function collect(node: unknown, path: Path, counter: LineCounter, positions: Record<string, [number, number]>): void {
  if (!isNode(node)) return;
  positions[pointerOf(path)] = startOf(node, counter);
  if (isMap(node)) for (const { key, value } of node.items) collect(value, [...path, String((key as Scalar).value)], counter, positions);
  else if (isSeq(node)) for (const [index, item] of node.items.entries()) collect(item, [...path, index], counter, positions);
}

/** Reads YAML 1.2 or JSON. Faults in the text itself come with line and column, and then there is no content. */
export function readSource(text: string): { source?: Source; faults: Fault[] } {
  const one = (message: string, line = 1, column = 1): { faults: Fault[] } => ({ faults: [{ line, column, pointer: '', message, severity: 'error' }] });
  if (Buffer.byteLength(text) > MAX_BYTES) return one(`the document is larger than ${MAX_BYTES / 1_024} KiB`);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, merge: false, version: '1.2', schema: 'core', uniqueKeys: true, prettyErrors: false, stringKeys: false, logLevel: 'error' });
  const wrong = document.errors.map((error): Fault => {
    const [line, column] = at(counter, error.pos[0]);
    return { line, column, pointer: '', message: error.message, severity: 'error' };
  });
  const faults = wrong.length > 0 ? wrong : forbidden(document, counter);
  if (faults.length > 0) return { faults };
  return { source: sourceOf(document, counter), faults };
} // prettier-ignore

const below = (node: unknown, part: string | number): unknown => (isSeq(node) ? node.items[Number(part)] : pairIn(node, part)?.value);

/** The value at a path, or the innermost one on the way to it that there is. */
function nearest(document: Document.Parsed, path: Path): { node: Node | null; exact: boolean } {
  let node: Node | null = document.contents;
  for (const part of path) {
    const next = below(node, part);
    if (!isNode(next)) return { node, exact: false };
    node = next;
  }
  return { node, exact: true };
}

function sourceOf(document: Document.Parsed, counter: LineCounter): Source {
  const where: Source['at'] = (path, key) => {
    const { node, exact } = nearest(document, path);
    const named = exact && key !== undefined ? pairIn(node, key)?.key : undefined;
    return at(counter, (isNode(named) ? named : node)?.range?.[0] ?? 0);
  };
  return {
    content: document.toJS({ maxAliasCount: 0 }) as Json,
    at: where,
    fault: (path, message, { key, severity = 'error' } = {}) => {
      const [line, column] = where(path, key);
      return { line, column, pointer: pointerOf(key === undefined ? path : [...path, key]), message, severity };
    },
    positions: () => {
      const positions: Record<string, [number, number]> = {};
      collect(document.contents, [], counter, positions);
      return positions;
    },
  };
}
