import { plainText, withoutTwins, type BadLine, type Entry, type Parsed } from './entries.ts';

/** Lines on which the names of the outermost object stand, each as often as it is there: `JSON.parse` keeps the last and tells of none. */
function linesOfNames(text: string): { name: string; line: number }[] {
  const found: { name: string; line: number }[] = [];
  let [depth, line] = [0, 1];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]\n]/g)) {
    if (depth === 1 && token.endsWith(':')) found.push({ name: JSON.parse(token.replace(/\s*:$/, '')) as string, line });
    depth += token === '{' || token === '[' ? 1 : token === '}' || token === ']' ? -1 : 0;
    line += token.split('\n').length - 1;
  }
  return found;
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** Where the parser stopped, without its words: they quote what stands there. */
function unreadable(text: string, error: unknown): Parsed {
  const [, at] = /position (\d+)/.exec((error as Error).message) ?? [];
  const line = at === undefined ? text.split('\n').length : lineAt(text, Number(at));
  return { entries: [], bad: [{ line, name: null, reason: 'is not JSON from here on' }] };
}

/** Reads an object of names and texts, numbers or truth values: `{ "DB_URL": "…", "WORKERS": 4 }`. */
export function parseJson(raw: string): Parsed {
  const text = plainText(raw);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable(text, error);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { entries: [], bad: [{ line: 1, name: null, reason: 'is not an object of names and values' }] };
  const fields = new Map(Object.entries(value));
  const entries: Entry[] = [];
  const bad: BadLine[] = [];
  for (const { name, line } of linesOfNames(text)) {
    const field: unknown = fields.get(name);
    if (['string', 'number', 'boolean'].includes(typeof field)) entries.push({ name, line, value: String(field) });
    else bad.push({ name, line, reason: 'is neither text, number, true nor false' });
  }
  return withoutTwins({ entries, bad });
}
