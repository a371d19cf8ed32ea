import { isUuid } from '#kernel/database.ts';
import { isAcceptedAsn, readAsn } from './asn.ts';

/** Everything, written down: an empty list never means it (exchange.md 4.4). */
export const ALL_FABRICS = '*';

/** As it is stored and typed: trimmed, lower case. */
export const normalUsername = (text: string): string => text.trim().normalize('NFKC').toLowerCase();

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/;
export const usernameFault = (username: string): string | undefined =>
  USERNAME.test(username)
    ? undefined
    : 'a username has 3 to 64 letters, digits, dots, hyphens and underscores, and begins and ends with a letter or digit';

const SUFFIX = /^[0-9a-f]{6}$/;
const NETWORK = /^[0-9a-f]{16}$/;

/** A fabric by its id, its network’s id or suffix, in lower case; undefined for what can be none. */
export function readFabric(text: string): string | undefined {
  const ref = text.trim().toLowerCase();
  return SUFFIX.test(ref) || NETWORK.test(ref) || isUuid(ref) ? ref : undefined;
}

interface Read<T> {
  values: T[];
  faults: string[];
}
const readAll = <T>(texts: readonly string[], read: (text: string) => T | undefined, fault: (text: string) => string): Read<T> => {
  const found = texts.map((text) => [text, read(text)] as const);
  return {
    values: [...new Set(found.flatMap(([, value]) => (value === undefined ? [] : [value])))],
    faults: found.flatMap(([text, value]) => (value === undefined ? [fault(text)] : [])),
  };
};

/** Numbers that an account may be given, each once. Private ones too: whether they are of use is for each exchange to say. */
export const readAsns = (texts: readonly string[]): Read<number> =>
  readAll(
    texts,
    (text) => {
      const asn = readAsn(text);
      return asn !== undefined && isAcceptedAsn(asn, { allowPrivate: true }) ? asn : undefined;
    },
    (text) => `"${text}" is no AS number that a network can have (1 to 4294967295, without the reserved ones and those for documentation)`,
  );

export const readFabrics = (texts: readonly string[]): Read<string> =>
  readAll(texts, readFabric, (text) => `there is no fabric "${text}": name one by its id, or by the six hex digits that its network ends in`);
