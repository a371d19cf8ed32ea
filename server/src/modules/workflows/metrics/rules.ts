import { z } from 'zod';

/** Of a tenant; a series is a name with its labels. */
export const MOST_SERIES = 500;
/** Of a series: one in a minute, for as long as they are kept, and some more. */
export const MOST_SAMPLES = 50_000;
export const KEPT_DAYS = 30;
/** Points that are answered at once. */
export const MOST_POINTS = 500;
const MOST_LABELS = 8;
const DAY_SECONDS = 86_400;

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]{0,39}$/;

export const Labels = z
  .record(z.string(), z.string().max(100))
  // Not as a rule for keys: what Zod says of those names neither the key nor the rule.
  .refine((labels) => Object.keys(labels).every((name) => LABEL.test(name)), {
    message: 'Names of labels are letters, digits and "_", not beginning with a digit; at most 40',
  })
  .refine((labels) => Object.keys(labels).length <= MOST_LABELS, { message: `At most ${MOST_LABELS} labels` })
  .meta({ title: 'Labels', help: 'What the figure is of: names of letters, digits and "_"', examples: [{ host: 'edge-fra-1' }] });
export type Labels = z.output<typeof Labels>;

export const MetricName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_.:-]{0,79}$/, 'Letters, digits, "_", ".", ":" and "-", beginning with a letter; at most 80')
  .meta({ title: 'Name', examples: ['edge.latency'] });
export const Unit = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .meta({ title: 'Unit', examples: ['ms'] });

/** The same labels have the same text, in whatever order they are said. */
export const labelsKey = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Seconds back from now that a figure is made of. */
export const windowSeconds = z.coerce.number().int().min(1).max(KEPT_DAYS * DAY_SECONDS); // prettier-ignore

export const AGGREGATES = ['last', 'avg', 'min', 'max', 'sum', 'count'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export interface Range {
  from: Date;
  to: Date;
  stepSeconds: number;
}
/** Steps that are made where none is said. */
const USUAL_POINTS = 200;

/** The last day where nothing is said, in steps that make some two hundred points; or the field that is wrong, and why. */
export function rangeOf(said: { from?: string | undefined; to?: string | undefined; step?: number | undefined }, now: Date): Range | { pointer: string; message: string } {
  const to = said.to === undefined ? now : new Date(said.to);
  const from = said.from === undefined ? new Date(to.getTime() - DAY_SECONDS * 1_000) : new Date(said.from);
  const seconds = (to.getTime() - from.getTime()) / 1_000;
  if (seconds <= 0) return { pointer: '/from', message: 'It has to lie before the end' };
  if (seconds > 366 * DAY_SECONDS) return { pointer: '/from', message: `It has to lie at most a year before the end; samples are kept ${KEPT_DAYS} days` };
  const stepSeconds = said.step ?? Math.max(1, Math.ceil(seconds / USUAL_POINTS));
  // One more than fit: the first and the last may be parts of one.
  const least = Math.ceil(seconds / (MOST_POINTS - 1));
  return stepSeconds < least ? { pointer: '/step', message: `At most ${MOST_POINTS} points are answered: ${least} or more for this range` } : { from, to, stepSeconds };
} // prettier-ignore
