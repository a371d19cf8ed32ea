import type { TriggerRow } from '../../tables.ts';
import { EventTrigger } from '../config.ts';
import type { EventStartRow } from '../tables.ts';

type Waiting = Pick<EventStartRow, 'createdAt'>;
interface Grouped<R> {
  /** Each starts one execution. */
  groups: R[][];
  /** A row of events that has not come to rest: all of it waits on. */
  putOff?: { rows: R[]; until: Date };
}

const chunks = <R>(rows: readonly R[], size: number): R[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));

/** Which of the waiting events start together, oldest first: with debounce all up to the last, in batches so many, else each by itself. */
export function groupsOf<R extends Waiting>(trigger: Pick<TriggerRow, 'kind' | 'config'> | undefined, rows: readonly R[], now: Date): Grouped<R> {
  const parsed = trigger?.kind === 'event' ? EventTrigger.safeParse(trigger.config) : undefined;
  const { debounceSeconds = 0, batch = { max: 1, windowSeconds: 0 } } = parsed?.success ? parsed.data : {};
  const last = rows.at(-1);
  if (!last) return { groups: [] };
  if (debounceSeconds > 0) {
    const until = new Date(last.createdAt.getTime() + debounceSeconds * 1_000);
    return until > now ? { groups: [], putOff: { rows: [...rows], until } } : { groups: [[...rows]] };
  }
  return { groups: chunks(rows, batch.max) };
}
