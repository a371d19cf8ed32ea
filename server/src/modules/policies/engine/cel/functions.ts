import { fitsGlob } from '../glob.ts';
import { Address, Network, Version, type Resource, type Sets, type Time } from './objects.ts';
import { compilePattern } from './regex.ts';

/** What functions may know of the decision that is being taken; there is nothing else for them to look at. */
export interface Surroundings {
  now: Date;
  calendars: Readonly<Record<string, readonly { from: string; until: string }[]>>;
}

/** Whether a calendar holds at a moment. Throws RangeError for one that is not known: a freeze that is misspelt must not be open. */
function inCalendar({ now, calendars }: Surroundings, name: string): boolean {
  if (!Object.hasOwn(calendars, name)) throw new RangeError(`there is no calendar "${name}"`);
  return calendars[name]!.some(({ from, until }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(until));
}

// oxlint-disable-next-line typescript/no-explicit-any -- CEL hands over what the signature beside it says
type Handler = (...args: any[]) => unknown;

/** CEL calls `matches` of its own by this name, so that no other engine for patterns can be reached. Same length: positions stay. */
export const MATCHES = 're2test';
/** `time.in(…)` reads well, but `in` is an operator of CEL's grammar. Same length: positions stay. */
export const IN_ZONE = 'at';

/** Steps of a search in which each character may be tried against each part of a pattern. */
const product = (characters: number, parts: number): number => Math.ceil((characters * parts) / 64);

const sameText = (a: unknown, b: unknown): boolean => String(a) === String(b);

/** Functions beside those of the CEL standard, by signature. */
export const functionsIn = (surroundings: () => Surroundings, spend: (steps: number) => void): Readonly<Record<string, Handler>> => ({
  'glob(string, string): bool': (text: string, pattern: string) => (spend(product(text.length, pattern.length)), fitsGlob(text, pattern)),
  'ip(string): IP': (text: string) => new Address(text),
  'cidr(string): CIDR': (text: string) => new Network(text),
  'CIDR.contains(string): bool': (network: Network, address: string) => network.contains(new Address(address)),
  'CIDR.contains(IP): bool': (network: Network, address: Address) => network.contains(address),
  'string(IP): string': (address: Address) => address.toString(),
  'inCalendar(string): bool': (name: string) => inCalendar(surroundings(), name),
  'hasLabel(Resource, string): bool': (resource: Resource & { labels: Map<string, unknown> }, key: string) => resource.labels.has(key),
  'semver(string): Semver': (text: string) => new Version(text),
  'Sets.intersects(list, list): bool': (_sets: Sets, a: unknown[], b: unknown[]) => a.some((one) => b.includes(one)),
  [`Time.${IN_ZONE}(string): Time`]: (time: Time, zone: string) => time.at(zone),
  [`string.${MATCHES}(string): bool`]: (text: string, pattern: string) => {
    const compiled = compilePattern(pattern);
    spend(product(text.length, compiled.programSize()));
    return compiled.matcher(text).find();
  },
});

export const OPERATORS: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  'IP == IP': sameText,
  'CIDR == CIDR': sameText,
  'Semver == Semver': (a: Version, b: Version) => a.compare(b) === 0,
  'Semver < Semver': (a: Version, b: Version) => a.compare(b) < 0,
  'Semver <= Semver': (a: Version, b: Version) => a.compare(b) <= 0,
  'Semver > Semver': (a: Version, b: Version) => a.compare(b) > 0,
  'Semver >= Semver': (a: Version, b: Version) => a.compare(b) >= 0,
};
