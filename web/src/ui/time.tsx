import { absoluteTime, relativeTime } from '#lib/formats.ts';
import { useNow } from '#lib/now.ts';

/** How long ago (or until); the full time in the reader's zone is its title. Cheap enough for every row of a table. */
export function Time({ at, short }: { at: string; short?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={at} title={absoluteTime(at)} className="whitespace-nowrap">
      {relativeTime(at, now, short ? 'narrow' : 'long')}
    </time>
  );
}
