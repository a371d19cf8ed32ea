const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(===|!==|==|!=|<=|>=|&&|\|\||[+\-*/%<>!?:(),[\]])|([$A-Za-z_][\w$]*)|(\.))/y;

interface Token {
  kind: 'number' | 'string' | 'sign' | 'word' | 'dot';
  text: string;
}

/** The tokens of a plain expression; undefined when there is anything else in it. */
function tokens(source: string): Token[] | undefined {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = source.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(source);
    if (!match) return undefined;
    const [, number, string, sign, word, dot] = match;
    if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (string !== undefined) found.push({ kind: 'string', text: string });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else if (dot !== undefined) found.push({ kind: 'dot', text: '.' });
  }
  return found;
}

const SIGNS: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' };
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** What a path begins with in the other program, and what it is here; longest first. `at` is the name of a node. */
type Root = (all: readonly Token[], at: number) => { cel: string; length: number } | undefined;

/** What a word and what belongs to it become; undefined when it is more than a path. */
function wordAt(all: readonly Token[], at: number, root: Root): { cel: string; length: number } | undefined {
  const { text } = all[at]!;
  // A name behind a dot is a field, unless it is called.
  if (all[at - 1]?.kind === 'dot') return all[at + 1]?.text === '(' ? undefined : { cel: text, length: 1 };
  return WORDS.has(text) ? { cel: text, length: 1 } : root(all, at);
}

/**
 * A plain path, comparison or sum of another program in CEL; undefined when it is more than that. `root` reads what a path begins with,
 * such as `$json` or `msg`.
 */
export function translated(source: string, root: Root): string | undefined {
  const all = tokens(source);
  if (!all || all.length === 0) return undefined;
  let out = '';
  for (let at = 0; at < all.length;) {
    const { kind, text } = all[at]!;
    const piece = kind === 'word' ? wordAt(all, at, root) : { cel: kind === 'sign' ? spaced(SIGNS[text] ?? text, all[at - 1]) : text, length: 1 };
    if (!piece) return undefined;
    out += piece.cel;
    at += piece.length;
  }
  return out.trim();
}

const TIGHT: ReadonlySet<string> = new Set(['(', ')', '[', ']', '!']);
/** Signs between values stand apart; a minus in front of one does not. */
function spaced(sign: string, before: Token | undefined): string {
  if (TIGHT.has(sign)) return sign;
  if (sign === ',') return ', ';
  const leads = before === undefined || (before.kind === 'sign' && before.text !== ')' && before.text !== ']');
  return sign === '-' && leads ? sign : ` ${sign} `;
}

const sequence = (all: readonly Token[], at: number, ...texts: (string | null)[]): boolean =>
  texts.every((text, step) => (text === null ? all[at + step]?.kind === 'string' : all[at + step]?.text === text));
const unquoted = (text: string): string => text.slice(1, -1);

/** Paths of n8n: `$json`, `$input.item.json`, `$node["Name"].json`, `$('Name').item.json`. */
export const n8nRoot =
  (keyOf: (name: string) => string | undefined): Root =>
  (all, at) => {
    const text = all[at]!.text;
    if (text === '$json') return { cel: 'input', length: 1 };
    if (text === '$now') return { cel: 'now()', length: 1 };
    for (const item of [['.', 'item', '.', 'json'], ['.', 'first', '(', ')', '.', 'json']] as const)
      if (text === '$input' && sequence(all, at + 1, ...item)) return { cel: 'input', length: 1 + item.length };
    if (text === '$node' && sequence(all, at + 1, '[', null, ']', '.', 'json')) return named(keyOf, all[at + 2]!.text, 6);
    for (const item of [['.', 'item', '.', 'json'], ['.', 'first', '(', ')', '.', 'json']] as const)
      if (text === '$' && sequence(all, at + 1, '(', null, ')', ...item)) return named(keyOf, all[at + 2]!.text, 4 + item.length);
    return undefined;
  }; // prettier-ignore

function named(keyOf: (name: string) => string | undefined, quoted: string, length: number) {
  const key = keyOf(unquoted(quoted));
  return key === undefined ? undefined : { cel: `nodes.${key}.output`, length };
}

/** Paths of Node-RED: `msg.payload` is what came in. */
export const redRoot: Root = (all, at) => {
  if (all[at]!.text !== 'msg') return undefined;
  if (sequence(all, at + 1, '.', 'payload')) return { cel: 'input', length: 3 };
  if (sequence(all, at + 1, '.', 'req', '.')) return { cel: 'trigger', length: 3 };
  return undefined;
};
