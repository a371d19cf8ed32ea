import { Problem } from '#kernel/problem.ts';

/** Nesting that any input of ours needs at most, several times over. */
const DEPTH = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });

const malformed = (detail: string): Problem => new Problem('malformed-request', detail);

/** Position after the string literal that starts at `at` in valid JSON. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; ; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
}

/**
 * A key that an object has twice, if there is one. JSON.parse keeps the last without a word, so that a reviewer and the server may
 * read two different requests (RFC 7493, 2.3). `text` must be valid JSON.
 */
export function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const end = endOfString(text, i);
      const keys = open.at(-1);
      if (expectsKey && keys) {
        const key = JSON.parse(text.slice(i, end)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
        expectsKey = false;
      }
      i = end - 1;
    } else if (char === '{') {
      open.push(new Set());
      expectsKey = true;
    } else if (char === '[') {
      open.push(null);
      expectsKey = false;
    } else if (char === '}' || char === ']') open.pop();
    else if (char === ',') expectsKey = open.at(-1) != null;
  }
  return undefined;
}

const step = (key: string): string => `/${key.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function textDefect(text: string, pointer: string): string | undefined {
  if (text.includes('\0')) return `${pointer || 'the body'} contains a NUL character`;
  return text.isWellFormed() ? undefined : `${pointer || 'the body'} contains half of a surrogate pair`;
}

function keyDefect(key: string, pointer: string): string | undefined {
  return key === '__proto__' ? `"__proto__" is not a field name (${pointer})` : textDefect(key, pointer);
}

/** What is wrong with a value on any surface: text that PostgreSQL cannot keep, a key that reaches for prototypes, endless nesting. */
export function defectOf(value: unknown, pointer = '', depth = 0): string | undefined {
  if (typeof value === 'string') return textDefect(value, pointer);
  if (value === null || typeof value !== 'object') return undefined;
  if (depth >= DEPTH) return `the input is nested deeper than ${DEPTH} levels`;
  for (const [key, inner] of Object.entries(value)) {
    const at = pointer + step(key);
    const found = keyDefect(key, at) ?? defectOf(inner, at, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** JSON from the wire, or `malformed-request` with what is wrong and where. */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw malformed('The body is not valid UTF-8.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(`The body is not valid JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  const defect = defectOf(value);
  if (defect) throw malformed(`The body cannot be used: ${defect}.`);
  const key = repeatedKey(text);
  if (key !== undefined)
    throw malformed(`The field ${JSON.stringify(key.slice(0, 64))} is given twice in one object; which one is meant is not clear.`);
  return value;
}
