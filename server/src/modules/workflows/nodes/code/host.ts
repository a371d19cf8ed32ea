import { createHash, createHmac } from 'node:crypto';
import type { Json } from '../../graph.ts';

/** Lines that a script may log, and characters of one. */
const MOST_LINES = 1_000;
const MOST_LINE = 8_192;
const ALGORITHMS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512', 'md5']);
const ENCODINGS: ReadonlySet<string> = new Set(['hex', 'base64', 'base64url']);

export type Level = 'debug' | 'info' | 'warn' | 'error';
export interface Line {
  level: Level;
  text: string;
}

const FIELDS = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'] as const;
const SETTABLE: ReadonlySet<string> = new Set(FIELDS.filter((field) => field !== 'origin'));

const partsOf = (url: URL | null): Json => url && Object.fromEntries(FIELDS.map((field) => [field, url[field]]));

function digested(algorithm: string, encoding: string): 'hex' | 'base64' | 'base64url' {
  if (!ALGORITHMS.has(algorithm)) throw new RangeError(`there is no algorithm "${algorithm}"`);
  if (!ENCODINGS.has(encoding)) throw new RangeError(`there is no encoding "${encoding}"`);
  return encoding as 'hex';
}

function setOf(href: string, field: string, value: string): Json {
  const url = URL.parse(href);
  if (!url || !SETTABLE.has(field)) return null;
  Reflect.set(url, field, value);
  return partsOf(url);
}

/** What a script may ask of us: everything is computed from its own texts, and nothing lasts. */
export function createHost(seed: string, lines: Line[]) {
  let drawn = 0;
  const acts: Readonly<Record<string, (...args: never[]) => Json>> = {
    hash: (text: string, algorithm: string, encoding: string) => {
      const as = digested(algorithm, encoding);
      return createHash(algorithm).update(text).digest(as);
    },
    hmac: (text: string, key: string, algorithm: string, encoding: string) => {
      const as = digested(algorithm, encoding);
      return createHmac(algorithm, key).update(text).digest(as);
    },
    uuid() {
      const bytes = createHash('sha256').update(`${seed}\n${drawn++}`).digest();
      bytes[6] = (bytes[6]! & 0x0f) | 0x80;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      return bytes.subarray(0, 16).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'); // prettier-ignore
    },
    utf8: (bytes: number[]) => Buffer.from(bytes).toString('utf8'),
    btoa: (bytes: number[]) => Buffer.from(bytes).toString('base64'),
    atob: (text: string) => [...Buffer.from(text, 'base64')],
    url: (text: string, base: string | null) => partsOf(URL.parse(text, base ?? undefined)),
    urlSet: setOf,
    query: (text: string) => [...new URLSearchParams(text)],
    form: (pairs: string[][]) => new URLSearchParams(pairs as [string, string][]).toString(),
    log(level: Level, text: string) {
      if (lines.length < MOST_LINES) lines.push({ level, text: text.length > MOST_LINE ? `${text.slice(0, MOST_LINE)}…` : text });
      else if (lines.length === MOST_LINES) lines.push({ level: 'warn', text: `Only the first ${MOST_LINES} lines are kept` });
      return null;
    },
  };
  return (name: string, args: string): string => JSON.stringify(Object.hasOwn(acts, name) ? acts[name]!(...(JSON.parse(args) as never[])) : null);
}
