import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, isNotNull, isNull, lte, or, sql, type SQL } from '#kernel/drizzle.ts';
import { decodeCursor } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import type { ListInput } from './inputs.ts';
import { DAY_MS } from './rules.ts';
import type { ValueKind } from './schemas.ts';
import { secrets, type SecretRow } from './tables.ts';

type Asked = z.output<typeof ListInput>;

function tagged(tag: string): SQL {
  const at = tag.indexOf('=');
  return at < 0
    ? sql`jsonb_exists(${secrets.tags}, ${tag})`
    : sql`${secrets.tags} @> ${JSON.stringify({ [tag.slice(0, at)]: tag.slice(at + 1) })}::jsonb`;
}

function filters({ name, scope, project, environment, type, service, tag, expiring }: Asked, now: Date): (SQL | undefined)[] {
  const soon = expiring === undefined ? undefined : new Date(now.getTime() + expiring * DAY_MS);
  return [
    name ? sql`position(${name.toUpperCase()} in ${secrets.name}) > 0` : undefined,
    scope && eq(secrets.scope, scope),
    project ? eq(secrets.project, project) : undefined,
    environment ? eq(secrets.environment, environment) : undefined,
    type && eq(secrets.type, type),
    service ? eq(secrets.service, service) : undefined,
    tag ? tagged(tag) : undefined,
    soon && or(lte(secrets.expiresAt, soon), lte(secrets.rotateDueAt, soon)),
  ];
}

/** A cursor that ends in an id. Throws `cursor-invalid` when it does not. */
export function cursorWithId(cursor: string | undefined, length: number): (string | number | null)[] | undefined {
  const after = decodeCursor(cursor, length);
  if (after && !isUuid(String(after.at(-1))))
    throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
  return after;
}

/** One more than the page holds, by name; what the caller does not reach is left out. */
export function listRows(ctx: ReadContext, kind: ValueKind, asked: Asked): Promise<SecretRow[]> {
  const after = cursorWithId(asked.cursor, 2);
  return ctx.db
    .select()
    .from(secrets)
    .where(
      and(
        eq(secrets.tenantId, ctx.tenantId),
        eq(secrets.kind, kind),
        asked.deleted ? isNotNull(secrets.deletedAt) : isNull(secrets.deletedAt),
        ...filters(asked, ctx.now()),
        after ? sql`(${secrets.name}, ${secrets.id}) > (${after[0]}, ${after[1]}::uuid)` : undefined,
        withinReach(ctx.reach, { type: 'secret', id: secrets.id, environment: secrets.environment, labels: secrets.tags }),
      ),
    )
    .orderBy(secrets.name, secrets.id)
    .limit(asked.limit + 1)
    .execute();
}

export const listCursor = (row: SecretRow): [string, string] => [row.name, row.id];
