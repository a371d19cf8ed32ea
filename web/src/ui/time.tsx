import { absoluteTime, listTime } from '#lib/formats.ts';
import { TICK_MS, useNow } from '#lib/now.ts';

/** When, in the form the reader chose; the full time in the reader's zone is its title. Cheap enough for every row of a table. */
export function Time({ at, short }: { at: string; short?: boolean }) {
  const now = useNow();
  const then = Date.parse(at);
  // The shared clock is up to 15 s behind, and nothing that just happened lies ahead.
  const base = then > now && then - now <= TICK_MS ? then : now;
  return (
    <time dateTime={at} title={absoluteTime(at)} className="whitespace-nowrap">
      {listTime(at, base, short ? 'narrow' : 'long')}
    </time>
  );
}
