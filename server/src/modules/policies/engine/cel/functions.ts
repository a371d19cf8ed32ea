import type { Handler } from '#kernel/cel/dialect.ts';
import { product } from '#kernel/cel/functions/text.ts';
import { budget } from '#kernel/cel/limits.ts';
import { IN } from '#kernel/cel/spelling.ts';
import { fitsGlob } from '../glob.ts';
import type { Resource, Sets, Time } from './objects.ts';

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

/** Functions of policies beside those of every expression, by signature. */
export const functionsIn = (surroundings: () => Surroundings): Readonly<Record<string, Handler>> => ({
  'glob(string, string): bool': (text: string, pattern: string) => (budget().spend(product(text.length, pattern.length)), fitsGlob(text, pattern)),
  'inCalendar(string): bool': (name: string) => inCalendar(surroundings(), name),
  'hasLabel(Resource, string): bool': (resource: Resource & { labels: Map<string, unknown> }, key: string) => resource.labels.has(key),
  'Sets.intersects(list, list): bool': (_sets: Sets, a: unknown[], b: unknown[]) => a.some((one) => b.includes(one)),
  [`Time.${IN}(string): Time`]: (time: Time, zone: string) => time.at(zone),
});
