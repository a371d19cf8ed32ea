import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Kind } from './kinds.ts';
import { matrixOf, type Choices, type Digest, type Quiet } from './rules.ts';
import { preferences } from './tables.ts';

interface Own {
  channels: Choices;
  quiet: Quiet | null;
  digest: Digest;
  version: number;
}
const NOTHING_CHOSEN: Own = { channels: {}, quiet: null, digest: 'off', version: 0 };

export async function preferencesOf({ db, tenantId, actor }: Pick<ReadContext, 'db' | 'tenantId' | 'actor'>): Promise<Own> {
  if (!isUuid(actor.id)) return NOTHING_CHOSEN;
  const [row] = await db.select().from(preferences).where(and(eq(preferences.tenantId, tenantId), eq(preferences.id, actor.id))); // prettier-ignore
  return row ?? NOTHING_CHOSEN;
}

export const preferencesView = ({ channels, quiet, digest, version }: Own) => ({ kinds: matrixOf(channels), quiet, digest, version });

interface Wanted {
  kinds: readonly { kind: Kind; inApp?: boolean | undefined; email?: boolean | undefined }[];
  quiet?: Quiet | null | undefined;
  digest?: Digest | undefined;
}

/** Changes what is said and leaves the rest; two windows at once lose nothing of what they did not both touch. */
export async function savePreferences(ctx: Context, { kinds, quiet, digest }: Wanted): Promise<Own> {
  const { db, tenantId, actor } = ctx;
  if (!isUuid(actor.id)) throw new Problem('permission-denied', 'Only a person has preferences.');
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`preferences ${tenantId} ${actor.id}`}, 0))`);
  const before = await preferencesOf(ctx);
  const channels = { ...before.channels };
  for (const { kind, ...choice } of kinds) channels[kind] = { ...channels[kind], ...choice };
  const after = { channels, quiet: quiet === undefined ? before.quiet : quiet, digest: digest ?? before.digest, version: before.version + 1 };
  await db
    .insert(preferences)
    .values({ tenantId, id: actor.id, ...after, createdAt: ctx.now(), updatedAt: ctx.now() })
    .onConflictDoUpdate({ target: [preferences.tenantId, preferences.id], set: { ...after, updatedAt: ctx.now() } });
  return after;
}
