import type { Target } from '#kernel/operation.ts';
import type { Conflict, FullPlan } from '#kernel/plan.ts';

type Span = { from: string; until: string };

/** Seconds that a plan says it takes. */
export const estimated = ({ steps, downtime }: Pick<FullPlan, 'steps' | 'downtime'>): number =>
  Math.max(
    downtime.seconds,
    steps.reduce((sum, { seconds = 0 }) => sum + seconds, 0),
  );

/** Names of the targets that both name. */
export const touching = (theirs: readonly Target[], ours: readonly Target[]): string[] =>
  ours.filter(({ type, id }) => theirs.some((one) => one.type === type && one.id === id)).map(({ name, id }) => name ?? id);

/** Spans of calendars that are open at some moment of a stretch of time: from its start, and until its end where it has a length. */
export const overlaps = (calendars: Readonly<Record<string, readonly Span[]>>, from: Date, until: Date): Conflict[] =>
  Object.entries(calendars).flatMap(([name, spans]) =>
    spans
      .filter((span) => new Date(span.until) > from && (new Date(span.from) <= from || new Date(span.from) < until))
      .map((span) => ({ kind: 'calendar' as const, id: null, name, operation: null, state: null, targets: [], ...span })),
  );

/** The same in a sentence, for whoever reads the plan. */
export const warningOf = ({ kind, name, operation, state, targets, until }: Conflict): string =>
  kind === 'change'
    ? `${name} (${operation}, ${state?.replaceAll('_', ' ')}) concerns ${targets.join(', ')} too.`
    : `The calendar "${name}" has an entry now${until === null ? '' : `, until ${until}`}.`;
