import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import type { Resource } from '#kernel/resource-cache.ts';
import { invalid } from '../addresses.ts';
import type { Told } from './ask.ts';
import { concerns, searchedOf, type Searched } from './prefix.ts';
import { reasonOf, rpkiOf } from './reasons.ts';
import type { Route } from './routes.ts';
import type { LookedRoute, LookedRoutes, LookedSessions, LookedStatus, View } from './schemas.ts';

const ageOf = (readAt: Date): number => Math.max(0, Math.floor((Date.now() - readAt.getTime()) / 1_000));
export const saidBy = (handle: string, { readAt, stale }: Pick<Resource<unknown>, 'readAt' | 'stale'>) => ({
  routeServer: handle,
  readAt: readAt.toISOString(),
  ageSeconds: ageOf(readAt),
  stale,
});

/** While the transaction is open nobody is asked yet: an answer without anything in it. */
const nobody = (now: Date) => saidBy('', { readAt: now, stale: false });
export const noStatus = (now: Date): z.input<typeof LookedStatus> => ({ ...nobody(now), version: '', routerId: null, serverTime: null, lastReboot: null, lastReconfiguration: null, message: '' }); // prettier-ignore
export const noSessions = (now: Date): z.input<typeof LookedSessions> => ({ ...nobody(now), items: [] });
export const noRoutes = (now: Date): z.input<typeof LookedRoutes> => ({ ...nobody(now), total: 0, found: 0, items: [], nextCursor: null });

export const routeView = (route: Route, rsAsn: number, view: View): z.input<typeof LookedRoute> => ({
  ...route,
  rpki: rpkiOf(route, rsAsn),
  reason: view === 'refused' ? reasonOf(route, rsAsn) : null,
});

/** The prefix that is searched for, or a problem that points at the field. */
export function requireSearched(operation: string, text: string): Searched {
  const searched = searchedOf(text);
  if (!searched) throw invalid(operation, '/prefix', 'is neither a prefix such as 2001:db8::/32 nor an address');
  return searched;
}

interface Paging {
  cursor?: string | undefined;
  limit: number;
  searched?: Searched | undefined;
}
/** One page of what was told; the cursor counts, since what is kept stays the same while it is new. */
export function pageOfRoutes<T = z.input<typeof LookedRoute>>(
  { routes, total }: Told,
  { cursor, limit, searched }: Paging,
  view: (route: Route) => T,
) {
  const [from = 0] = decodeCursor(cursor, 1) ?? [];
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 0) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
  const found = searched ? routes.filter((route) => concerns(route, searched)) : routes;
  const items = found.slice(from, from + limit);
  const next = from + items.length;
  return { total, found: found.length, items: items.map(view), nextCursor: next < found.length ? encodeCursor([next]) : null };
}
