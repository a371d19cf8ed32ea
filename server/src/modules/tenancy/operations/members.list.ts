import { z } from 'zod';
import type { PgColumn } from '#kernel/columns.ts';
import { isUuid } from '#kernel/database.ts';
import { and, asc, desc, eq, ilike, inArray, isNull, or, sql, type SQL } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { inTenant, Member, member } from '../members/schemas.ts';
import { MemberRights } from '../providers/port.ts';
import { members, type MemberRow } from '../tables.ts';

const literally = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

const SORTS = ['name', '-name', 'joinedAt', '-joinedAt', 'lastLoginAt', '-lastLoginAt'] as const;
type Sort = (typeof SORTS)[number];

interface Order {
  /** Never null, so that rows can be compared with a cursor. */
  by: SQL | PgColumn;
  value: (row: MemberRow) => string;
  cast: string;
  down: boolean;
}
const time = (column: PgColumn): SQL => sql`date_trunc('milliseconds', coalesce(${column}, 'epoch'::timestamptz))`;
function orderOf(sort: Sort): Order {
  const down = sort.startsWith('-');
  const key = sort.replace('-', '');
  if (key === 'joinedAt') return { by: time(members.joinedAt), value: (row) => row.joinedAt.toISOString(), cast: 'timestamptz', down };
  if (key === 'lastLoginAt')
    return { by: time(members.lastLoginAt), value: (row) => (row.lastLoginAt ?? new Date(0)).toISOString(), cast: 'timestamptz', down };
  return { by: members.name, value: (row) => row.name, cast: 'text', down };
}

const foreign = (): Problem => new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');

function beyond({ by, cast, down }: Order, cursor: string | undefined): SQL | undefined {
  const after = decodeCursor(cursor, 2);
  if (!after) return undefined;
  const [value, id] = after.map(String) as [string, string];
  if (!isUuid(id) || typeof after[0] !== 'string' || (cast === 'timestamptz' && Number.isNaN(Date.parse(value)))) throw foreign();
  return sql`(${by}, ${members.id}) ${sql.raw(down ? '<' : '>')} (${value}::${sql.raw(cast)}, ${id}::uuid)`;
}

export const membersList = defineOperation({
  name: 'members.list',
  summary: 'List the people of this tenant',
  permission: 'users:read',
  risk: 'read',
  route: { method: 'GET', path: '/members' },
  aliases: [
    { method: 'GET', path: '/tenants/{id}/users' },
    { method: 'GET', path: '/users' },
  ],
  tenantField: 'id',
  input: z.object({
    id: inTenant,
    search: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name or an e-mail address' }),
    role: z.string().max(50).optional().meta({ title: 'Role', help: 'Key or id of a role that is held now' }),
    status: z.enum(['active', 'suspended']).optional().meta({ title: 'Status' }),
    mfa: z.boolean().optional().meta({ title: 'Has a second factor' }),
    neverSignedIn: z.boolean().optional().meta({ title: 'Has never signed in' }),
    sort: z.enum(SORTS).default('name').meta({ title: 'Order' }),
    ...pageInput,
  }),
  output: pageOf(Member),
  targets: 'filter',
  async run(ctx, { search, role, status, mfa, neverSignedIn, sort, cursor, limit }) {
    const rights = ctx.provider(MemberRights);
    const order = orderOf(sort);
    const holding = role === undefined ? undefined : await rights.holding(ctx.db, ctx.tenantId, role);
    if (holding?.length === 0) return { items: [], nextCursor: null };
    const rows = await ctx.db
      .select()
      .from(members)
      .where(
        and(
          eq(members.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'member', id: members.id }),
          search ? or(ilike(members.name, literally(search)), ilike(members.email, literally(search))) : undefined,
          holding ? inArray(members.id, holding) : undefined,
          status ? eq(members.status, status) : undefined,
          mfa === undefined ? undefined : eq(members.mfa, mfa),
          neverSignedIn ? isNull(members.lastLoginAt) : undefined,
          beyond(order, cursor),
        ),
      )
      .orderBy(...(order.down ? [desc(order.by), desc(members.id)] : [asc(order.by), asc(members.id)]))
      .limit(limit + 1);
    const roles = await rights.held(ctx.db, ctx.tenantId, rows.map((row) => row.id)); // prettier-ignore
    return toPage(rows, limit, (row) => [order.value(row), row.id], (row) => member(row, roles.get(row.id))); // prettier-ignore
  },
});
