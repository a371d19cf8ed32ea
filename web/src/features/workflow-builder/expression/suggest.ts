import type { Json } from '../types.ts';
import { FUNCTIONS, MACROS, OF_NODE, VARIABLES } from './vocabulary.ts';

interface Suggestion {
  label: string;
  detail?: string;
  kind: 'variable' | 'node' | 'field' | 'function';
}
export interface Suggestions {
  /** How many characters before the cursor they replace. */
  replace: number;
  items: readonly Suggestion[];
}
/** What an expression at this node may name. */
export interface Known {
  nodes: readonly { key: string; name: string; output?: Json | undefined }[];
  vars: readonly string[];
  input?: Json | undefined;
}
const NONE: Suggestions = { replace: 0, items: [] };

/** The expression that the cursor stands in: in a template what follows the last open `{{`; null outside of one. */
export function openExpression(before: string, mode: 'expr' | 'tpl'): string | null {
  if (mode === 'expr') return before;
  const at = before.lastIndexOf('{{');
  return at === -1 || before[at - 1] === '\\' || before.indexOf('}}', at) !== -1 ? null : before.slice(at + 2);
}

const fieldsOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? fieldsOf(value[0]) : typeof value === 'object' && value !== null ? Object.keys(value) : [];
const inside = (value: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, name) => {
    const from = Array.isArray(at) ? at[0] : at;
    return typeof from === 'object' && from !== null && !Array.isArray(from) ? from[name] : undefined;
  }, value);
const named = (kind: Suggestion['kind'], labels: readonly string[]): Suggestion[] => labels.map((label) => ({ label, kind }));

function ofNodes([key, part, ...rest]: readonly string[], { nodes }: Known): Suggestion[] {
  if (key === undefined) return nodes.map((node) => ({ label: node.key, detail: node.name, kind: 'node' }));
  const node = nodes.find((one) => one.key === key);
  if (!node) return [];
  if (part === undefined) return named('field', OF_NODE);
  return part === 'output' ? named('field', fieldsOf(inside(node.output, rest))) : [];
}
function ofOthers(root: string): Suggestion[] {
  const functions = Object.entries(FUNCTIONS).filter(([name]) => name.startsWith(`${root}.`));
  return [
    ...named('field', VARIABLES[root] ?? []),
    ...functions.map(([name, detail]): Suggestion => ({ label: name.slice(root.length + 1), detail, kind: 'function' })),
  ];
}
function members([root = '', ...path]: readonly string[], known: Known): Suggestion[] {
  if (root === 'nodes') return ofNodes(path, known);
  if (root === 'input') return named('field', fieldsOf(inside(known.input, path)));
  if (path.length > 0) return [];
  return root === 'vars' ? named('variable', known.vars) : ofOthers(root);
}

/** Lists and maps have these, wherever they come from; not the names of nodes, nor what each node has. */
const hasMacros = (parts: readonly string[]): boolean =>
  parts[0] === 'input' || (parts[0] === 'nodes' && parts.length > 3) || !VARIABLES[parts[0] ?? ''];
const within = (expression: string): boolean => (expression.match(/(?<!\\)["']/g)?.length ?? 0) % 2 === 1;
const ALL: readonly Suggestion[] = [
  ...named('variable', Object.keys(VARIABLES)),
  ...Object.entries(FUNCTIONS).map(([label, detail]): Suggestion => ({ label, detail, kind: 'function' })),
];

/** What may be written at the cursor; `before` is all text up to it. Within a text nothing is offered. */
export function suggest(before: string, mode: 'expr' | 'tpl', known: Known): Suggestions {
  const expression = openExpression(before, mode);
  if (expression === null || within(expression)) return NONE;
  const [chain = ''] = /[\w.?[\]]*$/.exec(expression) ?? [];
  const parts = chain
    .replaceAll('.?', '.')
    .replaceAll(/\[\d+\]/g, '')
    .split('.');
  const replace = parts.at(-1)?.length ?? 0;
  if (parts.length === 1) return { replace, items: ALL };
  const found = members(parts.slice(0, -1), known);
  return { replace, items: hasMacros(parts) && !found.some(({ kind }) => kind === 'function') ? [...found, ...named('function', MACROS)] : found };
}
