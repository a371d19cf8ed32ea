import { linkText, type DrawnNode } from '../model/drawing.ts';
import { asNote, keysFor, lineOf, list, literal, record, textOf, type Converted, type Piece, type Reader, type ReportLine } from './convert.ts';
import { n8nRoot, translated } from './expressions.ts';
import { N8N_KINDS } from './n8n-kinds.ts';

interface Foreign {
  name: string;
  type: string;
  parameters: Record<string, unknown>;
  position: unknown[];
  disabled: boolean;
  notes: string;
  version: number;
}

const PREFIX = /^(@n8n\/)?n8n-nodes-(base|langchain)\./;

/** Is it an export of n8n? */
export const isN8n = (value: unknown): boolean => list(record(value)['nodes']).some((node) => PREFIX.test(textOf(record(node)['type']))) && typeof record(value)['connections'] === 'object'; // prettier-ignore

const foreignOf = (value: unknown): Foreign => {
  const { name, type, parameters, position, disabled, notes, typeVersion } = record(value);
  return {
    name: textOf(name), type: textOf(type), parameters: record(parameters), position: list(position), disabled: disabled === true, notes: textOf(notes), version: Number(typeVersion) || 1,
  }; // prettier-ignore
};

const PART = /\{\{([\s\S]*?)\}\}/g;

/** Parameters of n8n: a text that begins with = holds expressions in braces, every other is meant as it stands. */
function readerFor(keyOf: (name: string) => string | undefined): Reader {
  const root = n8nRoot(keyOf);
  const lost: string[] = [];
  const cel = (source: string): string | undefined => {
    const found = translated(source, root);
    if (found === undefined) lost.push(source.trim());
    return found;
  };
  const inner = (text: string): string | undefined => /^=\s*\{\{([\s\S]*)\}\}\s*$/.exec(text)?.[1];
  const single = (text: string): string | undefined => {
    const source = inner(text);
    return source === undefined || source.includes('{{') ? undefined : source;
  };
  return {
    lost,
    text: textOf,
    template(value) {
      const text = textOf(value);
      if (!text.startsWith('=')) return text.replaceAll('{{', '\\{{');
      return text.slice(1).replaceAll(PART, (whole: string, source: string) => {
        const found = cel(source);
        return found === undefined ? `\\${whole}` : `{{ ${found} }}`;
      });
    },
    expression(value) {
      const source = typeof value === 'string' ? single(value) : undefined;
      return (source === undefined ? undefined : cel(source)) ?? literal(typeof value === 'string' ? value.replace(/^=/, '') : value);
    },
  };
}

/** What a node becomes; sticky notes are notes of ours too. */
function pieceOf(node: Foreign, read: Reader): Piece {
  const name = node.type.replace(PREFIX, '');
  const kind = Object.hasOwn(N8N_KINDS, name) ? N8N_KINDS[name] : undefined;
  if (!kind) return asNote(node.type, { type: node.type, parameters: node.parameters });
  return kind(node.parameters, read, node.version);
}

const layoutOf = ([x, y]: unknown[]): DrawnNode['layout'] => (typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined);

function linksOf(value: unknown, keys: ReadonlyMap<string, string>, pieces: ReadonlyMap<string, Piece>): string[] {
  const found: string[] = [];
  for (const [from, kinds] of Object.entries(record(value)))
    list(record(kinds)['main']).forEach((targets, output) => {
      for (const target of list(targets)) {
        const { node, index } = record(target);
        const [source, end] = [pieces.get(from), pieces.get(textOf(node))];
        if (!source || !end || source.type === 'note' || end.type === 'note') continue;
        const ports = { sourcePort: source.out?.(output) ?? 'main', targetPort: end.into?.(Number(index) || 0) ?? 'main' };
        found.push(linkText({ kind: 'flow', source: keys.get(from)!, target: keys.get(textOf(node))!, ...ports }));
      }
    });
  return [...new Set(found)];
}

/** A workflow of n8n in our terms, with a line for each of its nodes. */
export function fromN8n(value: unknown): Converted {
  const { name, nodes, connections } = record(value);
  const foreign = list(nodes).slice(0, 500).map(foreignOf);
  const named = keysFor(foreign.map((node) => node.name));
  const keys = new Map(foreign.map((node, at) => [node.name, named[at]!]));
  const pieces = new Map<string, Piece>();
  const report: ReportLine[] = [];
  const made = foreign.map((node): DrawnNode => {
    const read = readerFor((known) => keys.get(known));
    const piece = pieceOf(node, read);
    pieces.set(node.name, piece);
    const key = keys.get(node.name)!;
    report.push(lineOf(node.name, node.type, key, piece, read.lost));
    const layout = layoutOf(node.position);
    return {
      key,
      type: piece.type,
      name: (node.name || key).slice(0, 100),
      config: piece.config,
      ...(node.disabled ? { settings: { disabled: true } } : {}),
      ...(node.notes ? { notes: node.notes.slice(0, 10_000) } : {}),
      ...(layout ? { layout } : {}),
    };
  });
  return { name: (textOf(name) || 'Imported workflow').slice(0, 100), nodes: made, links: linksOf(connections, keys, pieces), report };
}
