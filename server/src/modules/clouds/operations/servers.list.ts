import { z } from 'zod';
import type { PgColumn } from '#kernel/columns.ts';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, asc, desc, eq, isNotNull, isNull, ne, or, sql, type SQL } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { parseSelector, selectorWhere } from '../labels.ts';
import { environmentName, Server, SERVER_STATUSES } from '../schemas.ts';
import { serverView, shownColumns } from '../server-rows.ts';
import { servers } from '../tables.ts';

const SORTS = { createdAt: servers.createdAt, name: servers.name, status: servers.status, cost: servers.monthlyAmount } satisfies Record<
  string,
  PgColumn
>;
type SortKey = keyof typeof SORTS;
/** Type and form of the sort value in a cursor: moments travel as text, so that no microsecond is lost. */
const FORMS: Record<SortKey, { type: string; form: RegExp }> = {
  createdAt: { type: 'timestamptz', form: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/ },
  name: { type: 'text', form: /^[a-z0-9-]{1,63}$/ },
  status: { type: 'text', form: /^[a-z_]{1,20}$/ },
  cost: { type: 'integer', form: /^\d{1,9}$/ },
};

const input = z.object({
  ...pageInput,
  sort: z.enum(['-createdAt', 'createdAt', 'name', '-name', 'status', '-status', 'cost', '-cost']).default('-createdAt').meta({ title: 'Order' }),
  connectionId: z.uuid().optional().meta({ title: 'Connection', widget: 'cloud-connection' }),
  region: z.string().max(63).optional().meta({ title: 'Region' }),
  status: z
    .enum(SERVER_STATUSES)
    .optional()
    .meta({ title: 'Status', help: 'Deleted servers, and those in their time of grace, are listed only when asked for' }),
  environment: environmentName.optional(),
  drift: z.enum(['open', 'none']).optional().meta({ title: 'Drift' }),
  q: z.string().min(1).max(63).optional().meta({ title: 'Search', help: 'Part of the name, or a whole address' }),
  labelSelector: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ title: 'Label selector', examples: ['app==web,tier in (front,edge)'] }),
});
type Wish = z.output<typeof input>;

const contains = (q: string): string => `%${q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;

/** A part of a name or, as names have neither dot nor colon, a whole address. */
const searched = (q: string): SQL | undefined =>
  /[.:]/.test(q) ? or(eq(servers.publicIpv4, q), eq(servers.publicIpv6, q)) : sql`${servers.name} like ${contains(q)}`;

function filters({ tenantId, reach }: Pick<ReadContext, 'tenantId' | 'reach'>, wish: Wish): (SQL | undefined)[] {
  const { connectionId, region, status, environment, drift, q, labelSelector } = wish;
  return [
    eq(servers.tenantId, tenantId),
    status === 'deleted' ? isNotNull(servers.deletedAt) : isNull(servers.deletedAt),
    status ? eq(servers.status, status) : ne(servers.status, 'pending_delete'),
    connectionId ? eq(servers.connectionId, connectionId) : undefined,
    region ? eq(servers.region, region) : undefined,
    environment ? eq(servers.environment, environment) : undefined,
    drift === 'open' ? sql`${servers.openFindings} > 0` : drift === 'none' ? eq(servers.openFindings, 0) : undefined,
    q ? searched(q) : undefined,
    ...(labelSelector ? selectorWhere(parseSelector(labelSelector), servers.labels) : []),
    withinReach(reach, { type: 'server', id: servers.id, environment: servers.environment, labels: servers.labels }),
  ];
}

function beyondCursor(cursor: string, key: SortKey, down: boolean): SQL {
  const [value, id] = decodeCursor(cursor, 2)!;
  const { type, form } = FORMS[key];
  if (!form.test(String(value)) || !isUuid(String(id)))
    throw new Problem('cursor-invalid', 'The cursor was given out for another order. Start again without it.');
  return sql`(${SORTS[key]}, ${servers.id}) ${sql.raw(down ? '<' : '>')} (${value}::${sql.raw(type)}, ${id}::uuid)`;
}

export const serversList = defineOperation({
  name: 'servers.list',
  summary: 'List servers',
  permission: 'servers:read',
  risk: 'read',
  input,
  output: pageOf(Server),
  targets: 'filter',
  async run(ctx, wish) {
    const down = wish.sort.startsWith('-');
    const key = wish.sort.replace('-', '') as SortKey;
    const column = SORTS[key];
    const order = down ? desc : asc;
    const beyond = wish.cursor === undefined ? undefined : beyondCursor(wish.cursor, key, down);
    const rows = await ctx.db
      .select({ ...shownColumns, sortValue: sql<string>`${column}::text` })
      .from(servers)
      .where(and(...filters(ctx, wish), beyond))
      .orderBy(order(column), order(servers.id))
      .limit(wish.limit + 1);
    return toPage(rows, wish.limit, (row) => [row.sortValue, row.id], serverView);
  },
});
