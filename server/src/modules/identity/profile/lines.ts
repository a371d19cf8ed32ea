import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, inArray } from '#kernel/drizzle.ts';
import { users } from '../tables.ts';
import { activity } from './tables.ts';

/** Lines of these kinds in the trails of persons since a moment, oldest first: what rules about security look at. */
export const linesSince = (db: Database, since: Date, kinds: readonly string[]) =>
  db
    .select({ id: activity.id, userId: activity.userId, name: users.name, kind: activity.kind, at: activity.at, ip: activity.ip })
    .from(activity)
    .innerJoin(users, eq(users.id, activity.userId))
    .where(and(gt(activity.at, since), inArray(activity.kind, [...kinds])))
    .orderBy(asc(activity.at))
    .limit(1_000);
