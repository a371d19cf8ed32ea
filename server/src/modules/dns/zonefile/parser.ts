import { Invalid, within } from '../invalid.ts';
import { isWithin, parseName, type Name } from '../names.ts';
import type { Token } from '../rdata/tokens.ts';
import { canonicalType, canonicalValue, isSigningType } from '../rdata/types.ts';
import { parseSeconds } from '../rdata/time.ts';
import { MAX_TTL, type ZoneRecord } from '../records.ts';
import { setKey } from '../sets.ts';
import { generate, MAX_GENERATED } from './generate.ts';
import { zoneEntries, type ZoneEntry } from './lexer.ts';
import { decodeText, lineIndex, overlongLines, type TextFault } from './text.ts';

const MAX_RECORDS = 10_000;
export const MAX_ERRORS = 100;

export interface ParsedZone {
  /** In the file's order, without SOA and without records that a signing server makes. */
  records: (ZoneRecord & { line: number })[];
  soa: { ttl: number; value: string; line: number } | undefined;
  /** Left out on purpose, in words. */
  notes: { line: number; message: string }[];
  /** Empty when the file is wholly valid; the first 100 otherwise. */
  errors: TextFault[];
}

/**
 * Reads a master file (RFC 1035 5, 2308 4, 3597) of one zone. Never throws: everything wrong is in `errors` with line and column.
 * Time and memory grow with the file's length only. `defaultTtl` (seconds) holds where the file names none.
 */
export function parseZoneFile(input: string | Uint8Array, zone: Name, defaultTtl: number): ParsedZone {
  const none = { records: [], soa: undefined, notes: [] };
  const decoded = decodeText(input);
  if ('fault' in decoded) return { ...none, errors: [decoded.fault] };
  const { text } = decoded;
  const lines = lineIndex(text);
  const tooLong = overlongLines(text, lines).slice(0, MAX_ERRORS);
  if (tooLong.length > 0) return { ...none, errors: tooLong };
  return new Parser(text, zone, defaultTtl, lines.place).parse();
}

class Parser {
  readonly #text: string;
  readonly #zone: Name;
  readonly #place: (at: number) => { line: number; column: number };
  readonly #errors: TextFault[] = [];
  readonly #notes: ParsedZone['notes'] = [];
  readonly #records = new Map<string, ZoneRecord & { line: number }>();
  readonly #ttlOf = new Map<string, number>();
  #soa: ParsedZone['soa'];
  #origin: Name;
  #owner: Name | undefined;
  /** From $TTL. */
  #ttl: number | undefined;
  /** Of the record before, which RFC 1035 hands on; at first the zone's. */
  #lastTtl: number;
  #generated = 0;

  constructor(text: string, zone: Name, defaultTtl: number, place: (at: number) => { line: number; column: number }) {
    this.#text = text;
    this.#zone = zone;
    this.#origin = zone;
    this.#lastTtl = defaultTtl;
    this.#place = place;
  }

  parse(): ParsedZone {
    const fault = (error: Invalid): number => this.#errors.push({ ...this.#place(error.at ?? 0), message: error.message });
    for (const entry of zoneEntries(this.#text, fault)) {
      if (this.#errors.length >= MAX_ERRORS) break;
      try {
        if (entry.tokens[0]!.text.startsWith('$') && !entry.blankOwner && !entry.tokens[0]!.quoted) this.#directive(entry.tokens);
        else this.#record(entry.tokens, entry);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        fault(new Invalid(error.message, error.at ?? entry.tokens[0]!.at));
        if (error instanceof TooMany) break;
      }
    }
    return { records: [...this.#records.values()], soa: this.#soa, notes: this.#notes, errors: this.#errors.slice(0, MAX_ERRORS) };
  }

  #directive(tokens: readonly Token[]): void {
    const [directive, argument, extra] = tokens as [Token, Token | undefined, Token | undefined];
    const word = directive.text.toUpperCase();
    if (word === '$INCLUDE') throw new Invalid('$INCLUDE is not possible here: put the contents of the other file in its place', directive.at);
    if (word === '$GENERATE') return this.#generate(tokens);
    if (word !== '$ORIGIN' && word !== '$TTL')
      throw new Invalid(`${directive.text.slice(0, 20)} is not a directive; $ORIGIN, $TTL and $GENERATE are`, directive.at);
    if (!argument) throw new Invalid(`${word} needs a value`, directive.at);
    if (extra) throw new Invalid(`${word} takes one value`, extra.at);
    if (word === '$ORIGIN') this.#origin = within(argument.at, () => parseName(argument.text, this.#origin));
    else this.#ttl = ttlOf(argument) ?? bad(`"${argument.text.slice(0, 20)}" is not a time such as 3600 or 1h`, argument);
  }

  #generate(tokens: readonly Token[]): void {
    for (const made of generate(tokens)) {
      if (++this.#generated > MAX_GENERATED) throw new Invalid(`$GENERATE makes more than ${MAX_GENERATED} records in this file`, tokens[0]!.at);
      this.#record(made, { tokens: made, blankOwner: false, at: tokens[0]!.at });
    }
  }

  #record(tokens: readonly Token[], entry: ZoneEntry): void {
    const first = tokens[0]!;
    if (!entry.blankOwner) this.#owner = within(first.at, () => parseName(first.text, this.#origin));
    const owner = this.#owner ?? bad('the first record has no name', first);
    const { ttl, type, data } = recordHead(tokens, entry.blankOwner ? 0 : 1);
    if (ttl !== undefined) this.#lastTtl = ttl;
    if (!isWithin(owner, this.#zone)) bad(`${owner === '' ? '.' : owner} is not in the zone ${this.#zone}`, first);
    this.#add({ name: owner, type, ttl: ttl ?? this.#ttl ?? this.#lastTtl, value: '' }, data, this.#place(first.at).line);
  }

  #add(record: ZoneRecord, data: readonly Token[], line: number): void {
    const { name, type, ttl } = record;
    if (isSigningType(type)) return void this.#note(line, `${name} ${type} is left out: the server that signs the zone makes it`);
    const value = canonicalValue(type, data, this.#origin);
    if (type === 'SOA') return this.#takeSoa(name, ttl, value, line);
    const key = setKey(record);
    const setTtl = this.#ttlOf.get(key) ?? ttl;
    if (setTtl !== ttl) this.#note(line, `${key} has the TTL ${setTtl} of its set, not ${ttl} (RFC 2181 5.2)`);
    this.#ttlOf.set(key, setTtl);
    const whole = `${key} ${value}`;
    if (this.#records.has(whole)) return void this.#note(line, `${whole.slice(0, 120)} is there already`);
    if (this.#records.size >= MAX_RECORDS) throw new TooMany(`the file has more than ${MAX_RECORDS} records`);
    this.#records.set(whole, { name, type, ttl: setTtl, value, line });
  }

  #takeSoa(name: Name, ttl: number, value: string, line: number): void {
    if (name !== this.#zone) throw new Invalid(`a SOA record belongs to the top of the zone (${this.#zone})`);
    if (this.#soa) throw new Invalid('the zone has a second SOA record');
    this.#soa = { ttl, value, line };
    // Without $TTL and without a TTL so far, the SOA's last field is the default (RFC 1035 before RFC 2308).
    if (this.#ttl === undefined && this.#records.size === 0) this.#lastTtl = Number(value.slice(value.lastIndexOf(' ') + 1));
  }

  #note(line: number, message: string): void {
    if (this.#notes.length < MAX_ERRORS) this.#notes.push({ line, message });
  }
}

/** TTL and class, each possible and in either order, then the type (RFC 1035 5.1). */
function recordHead(tokens: readonly Token[], from: number): { ttl: number | undefined; type: string; data: readonly Token[] } {
  let ttl: number | undefined;
  let hasClass = false;
  let at = from;
  for (; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (ttl === undefined && /^\d/.test(token.text)) ttl = ttlOf(token) ?? bad(`"${token.text.slice(0, 20)}" is neither a TTL nor a type`, token);
    else if (!hasClass && CLASSES.test(token.text)) hasClass = onlyIn(token);
    else break;
  }
  const word = tokens[at] ?? bad('the type is missing', tokens.at(-1)!);
  return { ttl, type: within(word.at, () => canonicalType(word.text)), data: tokens.slice(at + 1) };
}

const CLASSES = /^(IN|CH|CS|HS)$/i;
const onlyIn = (token: Token): true => token.text.toUpperCase() === 'IN' || bad(`class ${token.text} is not served here, only IN`, token);

class TooMany extends Invalid {}

const bad = (message: string, { at }: Token): never => {
  throw new Invalid(message, at);
};

function ttlOf(token: Token): number | undefined {
  const seconds = parseSeconds(token.text);
  if (seconds !== undefined && seconds > MAX_TTL)
    throw new Invalid(`"${token.text.slice(0, 20)}" is longer than a TTL can be (${MAX_TTL} s)`, token.at);
  return seconds;
}
