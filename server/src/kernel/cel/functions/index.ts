import type { Lazily, Vocabulary } from '../dialect.ts';
import { Address, Network, Version } from '../scalars.ts';
import { LIST, MAP, MATCHES } from '../spelling.ts';
import { Base64Functions, codecs, HashFunctions, JsonFunctions, UrlFunctions } from './codecs.ts';
import { collections, ListFunctions, MapFunctions } from './collections.ts';
import { DateFunctions, dates } from './dates.ts';
import { comparisons, IpFunctions, net, SemverFunctions } from './net.ts';
import { matches, RegexFunctions, text, TextFunctions } from './text.ts';

const isThere = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  return typeof (value as { hasValue?: unknown }).hasValue !== 'function' || (value as { hasValue: () => boolean }).hasValue();
};
const plain = (value: unknown): unknown =>
  typeof (value as { orValue?: unknown } | null)?.orValue === 'function' ? (value as { orValue: (other: null) => unknown }).orValue(null) : value;

/** The first that is there and not null. */
function firstOf(args: readonly Lazily[]): unknown {
  for (const one of args) {
    const value = one();
    if (isThere(value)) return plain(value);
  }
  return null;
}

/** Arithmetic across whole numbers and fractions gives fractions: JSON has one type of number. */
function promotions(): Record<string, (a: never, b: never) => unknown> {
  const operators: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  const mixed = ['int', 'double']
    .flatMap((left) => ['int', 'double'].map((right) => [left, right] as const))
    .filter(([left, right]) => left !== right);
  return Object.fromEntries(
    mixed.flatMap(([left, right]) =>
      Object.entries(operators).map(([sign, act]) => [`${left} ${sign} ${right}: double`, (a: unknown, b: unknown) => act(Number(a), Number(b))]),
    ),
  );
}

const NAMESPACES = {
  json: JsonFunctions, base64: Base64Functions, url: UrlFunctions, hash: HashFunctions, regex: RegexFunctions, text: TextFunctions,
  [LIST]: ListFunctions, [MAP]: MapFunctions, date: DateFunctions, ip: IpFunctions, semver: SemverFunctions,
} as const; // prettier-ignore

/** Functions that every expression of the platform has, beside those of the CEL standard. */
export const LIBRARY: Omit<Required<Vocabulary>, 'variables' | 'optional' | 'open'> = {
  types: [
    { name: 'IP', ctor: Address, fields: {} },
    { name: 'CIDR', ctor: Network, fields: {} },
    { name: 'Semver', ctor: Version, fields: {} },
    ...Object.values(NAMESPACES).map((ctor) => ({ name: ctor.name, ctor, fields: {} })),
  ],
  namespaces: Object.fromEntries(Object.entries(NAMESPACES).map(([name, ctor]) => [name, [ctor.name, new ctor()] as const])),
  functions: { ...net, ...text, ...collections, ...codecs, ...dates, [`string.${MATCHES}(string): bool`]: matches },
  operators: {
    ...comparisons,
    ...promotions(),
    'int == double': (a: bigint, b: number) => Number(a) === b,
    'type == string': (type: { name: string }, name: string) => type.name === name,
  },
  lazy: { default: { counts: [2], pick: firstOf }, coalesce: { counts: [1, 2, 3, 4, 5, 6, 7, 8], pick: firstOf } },
};
