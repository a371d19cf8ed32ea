import { domainToASCII, domainToUnicode } from 'node:url';
import { Invalid } from './invalid.ts';

/**
 * A domain name as we keep it: absolute, lower case, without trailing dot; the root is ''. Bytes that would be read otherwise are
 * escaped as in RFC 1035 5.1 (`\.`, `\032`), so one name has exactly one text.
 */
export type Name = string;

const MAX_LABEL = 63;
const MAX_WIRE = 255;
const PLAIN_LABEL = /^[a-z0-9_*/+-]+$/;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const DOTS = /[。．｡]/g; // UTS 46 reads these as dots

/** Labels as byte strings (one character per octet), leftmost first. Throws Invalid for empty or long labels and broken escapes. */
export function labelsOf(text: string): string[] {
  if (text === '' || text === '.') return [];
  const labels: string[] = [];
  let label = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '.') {
      labels.push(label);
      label = '';
    } else if (char === '\\') {
      const [byte, width] = escapeAt(text, at);
      label += byte;
      at += width - 1;
    } else if (char > '\x7e' || char < '\x21') {
      throw new Invalid(`the character ${describe(char)} does not belong in a name`, at);
    } else label += char;
  }
  if (label !== '' || !text.endsWith('.')) labels.push(label);
  checkLengths(labels);
  return labels;
}

function checkLengths(labels: readonly string[]): void {
  for (const label of labels) {
    if (label === '') throw new Invalid('the name has an empty label (two dots in a row, or one at its beginning)');
    if (label.length > MAX_LABEL)
      throw new Invalid(`the label "${printable(label.slice(0, 20))}…" has ${label.length} octets; ${MAX_LABEL} are possible`);
  }
  if (wireLength(labels) > MAX_WIRE) throw new Invalid('the name is longer than 253 characters');
}

/** `\X` or `\DDD` at `at`: the octet and how many characters it took. */
export function escapeAt(text: string, at: number): [byte: string, width: number] {
  const digits = /^\d{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (digits !== undefined) {
    if (digits.length < 3 || Number(digits) > 255) throw new Invalid('\\ and digits is \\000 to \\255, always three digits', at);
    return [String.fromCharCode(Number(digits)), 4];
  }
  const next = text[at + 1];
  if (next === undefined || next > '\x7e' || next < '\x20') throw new Invalid('\\ must be followed by a printable character or three digits', at);
  return [next, 2];
}

const describe = (char: string): string =>
  /[\x21-\x7e]/.test(char) ? `"${char}"` : `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

const wireLength = (labels: readonly string[]): number => labels.reduce((sum, label) => sum + label.length + 1, 1);

const labelText = (label: string): string =>
  PLAIN_LABEL.test(label)
    ? label
    : label.replace(/[^a-z0-9_*/+-]/g, (char) =>
        /[.\\"();@$]/.test(char) ? `\\${char}` : /[\x21-\x7e]/.test(char) ? char : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`,
      );

/** Names compare without case (RFC 4343), so we keep lower case; only ASCII letters have case here. */
const lower = (label: string): string => label.replace(/[A-Z]/g, (char) => char.toLowerCase());

export const nameOf = (labels: readonly string[]): Name => labels.map((label) => labelText(lower(label))).join('.');

/**
 * Name from text. With an `origin`, text without final dot is relative to it and `@` is the origin itself, as in zone files;
 * without, it is absolute. Letters beyond ASCII become A-labels (UTS 46, IDNA).
 */
export function parseName(text: string, origin?: Name): Name {
  if (text === '@' && origin !== undefined) return origin;
  if (text === '') throw new Invalid('the name is empty');
  const ascii = BEYOND_ASCII.test(text) ? toAscii(text) : text;
  const name = nameOf(labelsOf(ascii));
  if (origin === undefined || endsWithDot(ascii)) return name;
  return nameOf(labelsOf(origin === '' ? name : `${name}.${origin}`));
}

/** True when the last dot is one, not an escaped octet. */
const endsWithDot = (text: string): boolean => text.endsWith('.') && /(?<!\\)(?:\\\\)*\.$/.test(text.slice(-256));

function toAscii(text: string): string {
  return text
    .replace(DOTS, '.')
    .split('.')
    .map((label) => {
      if (!BEYOND_ASCII.test(label)) return label;
      // The second label keeps digits from being read as an IPv4 address, which the URL standard would do.
      const ascii = label.isWellFormed() ? domainToASCII(`${label}.x`) : '';
      if (!ascii.endsWith('.x')) throw new Invalid(`"${printable(label)}" cannot be written as an international name (IDNA)`);
      return ascii.slice(0, -2);
    })
    .join('.');
}

/** Safe to show: no control characters, no lone surrogates, at most 60 characters. */
export const printable = (text: string): string => {
  const clean = text.slice(0, 60).toWellFormed().replace(/\p{C}/gu, '�');
  return text.length > 60 ? `${clean}…` : clean;
};

/** For people: A-labels as the letters they stand for. */
export const unicodeName = (name: Name): string =>
  name
    .split('.')
    .map((label) => (label.startsWith('xn--') ? domainToUnicode(`${label}.x`).replace(/\.x$/, '') || label : label))
    .join('.');

/** Presentation form inside RDATA: always with the final dot, so that it cannot be taken for relative. */
export const withDot = (name: Name): string => `${name}.`;

/** True when `name` is `zone` or below it. */
export function isWithin(name: Name, zone: Name): boolean {
  if (name === zone || zone === '') return true;
  if (!name.endsWith(`.${zone}`)) return false;
  const before = /\\*$/.exec(name.slice(0, -zone.length - 1))![0];
  return before.length % 2 === 0;
}

/** The name without its leftmost label; undefined for the root. */
export function parentOf(name: Name): Name | undefined {
  if (name === '') return undefined;
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '\\') at++;
    else if (name[at] === '.') return name.slice(at + 1);
  }
  return '';
}

// oxlint-disable-next-line no-control-regex -- names may hold any octet
const LOWEST = /[\x00-\x02]/g;

/**
 * Something that sorts by octet in canonical order (RFC 4034 6.1): labels from the right, a parent before its children. It has no NUL,
 * so that a database can keep it.
 */
export const sortKey = (name: Name): string =>
  labelsOf(name)
    .toReversed()
    .map((label) => label.replace(LOWEST, (octet) => `\x02${String.fromCharCode(octet.charCodeAt(0) + 1)}`))
    .join('\x01');

export const compareNames = (a: Name, b: Name): number => {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};
