import type { Handler } from '../dialect.ts';
import { budget } from '../limits.ts';
import { compilePattern } from '../regex.ts';
import { Shape } from '../scalars.ts';
import { toJson, toText } from '../values.ts';
import { whole } from './arguments.ts';

export class TextFunctions extends Shape {}
export class RegexFunctions extends Shape {}

/** Every occurrence; the length is known before the text is made. */
function replaceAll(text: string, what: string, by: string): string {
  if (what === '') return text;
  const times = text.split(what).length - 1;
  budget().spend(text.length >> 6);
  budget().characters(text.length + times * (by.length - what.length));
  return text.replaceAll(what, () => by);
}

function join(list: unknown[], separator: string): string {
  const parts = list.map((one) => toText(toJson(one)));
  budget().characters(parts.reduce((total, one) => total + one.length + separator.length, 0));
  return parts.join(separator);
}

function pad(text: string, length: unknown, fill: string, side: string): string {
  const wanted = whole(length, 'the length');
  budget().characters(wanted);
  if (fill === '') throw new RangeError('text.pad needs something to fill with');
  if (side !== 'start' && side !== 'end') throw new RangeError(`text.pad pads at "start" or "end", not at "${side}"`);
  return side === 'start' ? text.padStart(wanted, fill) : text.padEnd(wanted, fill);
}

function truncate(text: string, length: unknown, end: string): string {
  const most = whole(length, 'the length');
  if (most < 0) throw new RangeError('the length must not be negative');
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  return characters.slice(0, Math.max(0, most - Array.from(end).length)).join('') + Array.from(end).slice(0, most).join('');
}

function split(text: string, separator: string): string[] {
  const parts = text.split(separator);
  budget().spend(parts.length);
  return parts;
}

/** Lower-case letters, digits and single hyphens. */
const slug = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, ''); // prettier-ignore

/** Steps of a search in which each character may be tried against each part of a pattern. */
export const product = (characters: number, parts: number): number => Math.ceil((characters * parts) / 64);

function matcherOf(text: string, pattern: string) {
  const compiled = compilePattern(pattern);
  budget().spend(product(text.length, compiled.programSize()));
  return compiled.matcher(text);
}

export const matches = (text: string, pattern: string): boolean => matcherOf(text, pattern).find();

/** The first group of the first match, or all of it when the pattern has none; null without a match. */
function extract(text: string, pattern: string): string | null {
  const matcher = matcherOf(text, pattern);
  if (!matcher.find()) return null;
  return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group(0)) ?? null;
}

/** Every match; `$1` to `$9` stand for groups, `$0` for the match, `$$` for a dollar. */
function replace(text: string, pattern: string, by: string): string {
  const matcher = matcherOf(text, pattern);
  const parts: string[] = [];
  let [end, length] = [0, 0];
  while (matcher.find()) {
    const filled = by.replaceAll(/\$([0-9$])/g, (_whole, what: string) =>
      what === '$' ? '$' : Number(what) <= matcher.groupCount() ? (matcher.group(Number(what)) ?? '') : '',
    );
    parts.push(text.slice(end, matcher.start()), filled);
    end = matcher.end();
    budget().spend(1);
    budget().characters((length += filled.length) + text.length);
  }
  return parts.join('') + text.slice(end);
}

type Text = TextFunctions;
type Regex = RegexFunctions;

export const text: Readonly<Record<string, Handler>> = {
  'TextFunctions.lower(string): string': (_: Text, one: string) => one.toLowerCase(),
  'TextFunctions.upper(string): string': (_: Text, one: string) => one.toUpperCase(),
  'TextFunctions.trim(string): string': (_: Text, one: string) => one.trim(),
  'TextFunctions.split(string, string): list<string>': (_: Text, one: string, separator: string) => split(one, separator),
  'TextFunctions.join(list, string): string': (_: Text, list: unknown[], separator: string) => join(list, separator),
  'TextFunctions.join(list): string': (_: Text, list: unknown[]) => join(list, ''),
  'TextFunctions.replace(string, string, string): string': (_: Text, one: string, what: string, by: string) => replaceAll(one, what, by),
  'TextFunctions.pad(string, dyn): string': (_: Text, one: string, length: unknown) => pad(one, length, ' ', 'start'),
  'TextFunctions.pad(string, dyn, string): string': (_: Text, one: string, length: unknown, fill: string) => pad(one, length, fill, 'start'),
  'TextFunctions.pad(string, dyn, string, string): string': (_: Text, one: string, length: unknown, fill: string, side: string) =>
    pad(one, length, fill, side),
  'TextFunctions.truncate(string, dyn): string': (_: Text, one: string, length: unknown) => truncate(one, length, '…'),
  'TextFunctions.truncate(string, dyn, string): string': (_: Text, one: string, length: unknown, end: string) => truncate(one, length, end),
  'TextFunctions.slug(string): string': (_: Text, one: string) => slug(one),
  'RegexFunctions.match(string, string): bool': (_: Regex, one: string, pattern: string) => matches(one, pattern),
  'RegexFunctions.extract(string, string): dyn': (_: Regex, one: string, pattern: string) => extract(one, pattern),
  'RegexFunctions.replace(string, string, string): string': (_: Regex, one: string, pattern: string, by: string) => replace(one, pattern, by),
};
