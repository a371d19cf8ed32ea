import { plainText, withoutTwins, type BadLine, type Entry, type Parsed } from './entries.ts';

const NAME = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=|:[ \t])[ \t]*/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

type Read = { value: string; end: number } | { fault: string };

/** Where the quote that opens at `from` is closed; -1 when it never is. In double quotes a backslash takes the next sign along. */
function closing(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const lineEnd = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
};

function quoted(text: string, from: number): Read {
  const quote = text[from]!;
  const close = closing(text, from, quote);
  if (close === -1) return { fault: 'the quote is never closed' };
  const end = lineEnd(text, close);
  if (!/^[ \t]*(#.*)?$/.test(text.slice(close + 1, end))) return { fault: 'something follows the closing quote' };
  const inside = text.slice(from + 1, close);
  return { value: quote === '"' ? inside.replaceAll(/\\([\s\S])/g, (all, sign: string) => ESCAPES[sign] ?? all) : inside, end };
}

function bare(text: string, from: number): Read {
  const end = lineEnd(text, from);
  const rest = text.slice(from, end);
  // Readers differ about a # in the middle of a word: some end the value there. A secret that is cut short is found out too late.
  if (/[^\s]#/.test(rest.split(/(?:^|[ \t])#/, 1)[0]!)) return { fault: 'a # within a value: put the value in quotes' };
  return { value: rest.replace(/(?:^|[ \t])#.*$/, '').trim(), end };
}

/**
 * Reads a `.env` file as dotenv does: `export` in front, `#` comments, values bare or in single quotes or backticks (as they stand) or
 * double quotes (with `\n`, `\r`, `\t`, `\"`, `\\`, `\$`), each kind of quotes over several lines. Nothing is expanded. What dotenv would
 * take in silence and not as meant is a bad line: no `=`, an open quote, text behind one, a bare `#`, a name that comes twice.
 */
export function parseDotenv(raw: string): Parsed {
  const text = plainText(raw);
  const entries: Entry[] = [];
  const bad: BadLine[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at);
    const here = text.slice(at, end);
    let next = end;
    if (!/^\s*(#.*)?$/.test(here)) {
      const head = NAME.exec(here);
      const from = at + (head?.[0].length ?? 0);
      const read: Read = !head ? { fault: 'is not NAME=value' } : /["'`]/.test(text[from] ?? '') ? quoted(text, from) : bare(text, from);
      if ('fault' in read) bad.push({ line, name: head?.[1] ?? null, reason: read.fault });
      else entries.push({ line, name: head![1]!, value: read.value });
      if ('end' in read) next = read.end;
    }
    line += text.slice(at, next).split('\n').length;
    at = next + 1;
  }
  return withoutTwins({ entries, bad });
}

/** A value as a line of a `.env` file that every reader takes alike: in single quotes, or in double ones when it has a quote or a break. */
export function dotenvLine(name: string, value: string): string {
  if (/^[\w@%+=:,./-]*$/.test(value)) return `${name}=${value}`;
  if (!/['\n\r\\]/.test(value)) return `${name}='${value}'`;
  const escaped = value.replaceAll(/[\\"$\n\r]/g, (sign) => ({ '\n': '\\n', '\r': '\\r' })[sign] ?? `\\${sign}`);
  return `${name}="${escaped}"`;
}
