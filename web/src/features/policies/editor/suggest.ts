import { EXPRESSIONS, FIELDS, FUNCTIONS, VALUES, VARIABLES } from './vocabulary.ts';

export interface Suggestion {
  label: string;
  /** What is written in its place, when that is more. */
  apply?: string;
  detail?: string;
  kind: 'field' | 'value' | 'operation' | 'variable' | 'function';
}
export interface Suggestions {
  /** How many characters before the cursor they replace. */
  replace: number;
  items: Suggestion[];
}
export interface OperationName {
  name: string;
  summary: string;
}

const LINE = /^(\s*(?:- +)*)(?:([\w.-]+):)?/;
const indentOf = (line: string): number => LINE.exec(line)![1]!.length;
const keyOf = (line: string): string | undefined => LINE.exec(line)?.[2];

/** The key of the block that a line stands in, by indentation; lists of items belong to the key above them. */
function parentOf(above: readonly string[], indent: number): string {
  for (let at = above.length - 1; at >= 0; at -= 1) {
    const line = above[at]!;
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const own = line.length - line.trimStart().length;
    if (own < indent && indentOf(line) < indent && keyOf(line) !== undefined) return keyOf(line)!;
  }
  return '';
}

interface Flow {
  open: string;
  key: string | undefined;
}
/** Texts, keys, and the signs that open and close: what a line of flow style is made of. */
const FLOW = /"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?|([\w.-]+):(?=\s|$)|([{[])|([}\]])|(,)/g;

/** What is open at the end of this line, and its key: `match: { operations: [` stands in `operations`, inside of `match`. */
function flowOf(text: string): Flow | undefined {
  const stack: Flow[] = [];
  let last: string | undefined;
  for (const [, key, open, close, comma] of text.matchAll(FLOW)) {
    if (open !== undefined) stack.push({ open, key: last });
    if (close !== undefined) stack.pop();
    if (key !== undefined) last = key;
    else if (open !== undefined || comma !== undefined) last = undefined;
  }
  return stack.at(-1);
}

const named = (kind: Suggestion['kind'], labels: readonly string[], after = ''): Suggestion[] =>
  labels.map((label) => ({ label, kind, ...(after ? { apply: `${label}${after}` } : {}) }));

function inExpression(text: string): Suggestions {
  const member = /\b(\w+)\.(\w*)$/.exec(text);
  const members = member && VARIABLES[member[1]!];
  if (member && members) return { replace: member[2]!.length, items: named('variable', members) };
  const word = /[\w.]*$/.exec(text)![0];
  const functions = Object.entries(FUNCTIONS).map(([label, detail]) => ({ label, detail, kind: 'function' as const }));
  return { replace: word.length, items: [...named('variable', Object.keys(VARIABLES)), ...functions] };
}

function valuesOf(key: string, operations: readonly OperationName[]): Suggestion[] {
  if (key === 'operation' || key === 'operations') return operations.map(({ name, summary }) => ({ label: name, detail: summary, kind: 'operation' }));
  return named('value', VALUES[key] ?? []);
} // prettier-ignore

const isExpression = (key: string | undefined): boolean => key !== undefined && EXPRESSIONS.has(key);

function inFlow({ open, key }: Flow, before: string, around: { key: string | undefined; parent: () => string }, operations: readonly OperationName[]): Suggestion[] {
  if (open === '[') return valuesOf(key ?? around.key ?? '', operations);
  const value = /([\w-]+):\s*['"]?[\w.*-]*$/.exec(before);
  return value ? valuesOf(value[1]!, operations) : named('field', FIELDS[key ?? around.parent()] ?? [], ': ');
} // prettier-ignore

/** What may stand at the cursor: `before` is the text of its line up to it, `above` are the lines before. */
export function suggest(above: readonly string[], before: string, operations: readonly OperationName[]): Suggestions {
  const [, indent = '', key] = LINE.exec(before) ?? [];
  const replace = /[\w.*-]*$/.exec(before)![0].length;
  if (isExpression(key) || isExpression(/([\w-]+):\s*['"]?[^,{}[\]]*$/.exec(before)?.[1])) return inExpression(before);
  const parent = (): string => parentOf(above, indent.length);
  const flow = flowOf(before);
  if (flow) return { replace, items: inFlow(flow, before, { key, parent }, operations) };
  if (key !== undefined) return { replace, items: valuesOf(key, operations) };
  const fields = FIELDS[parent()];
  // Below `operations:` stand names, not fields.
  return { replace, items: fields ? named('field', fields, ': ') : valuesOf(parent(), operations) };
}
