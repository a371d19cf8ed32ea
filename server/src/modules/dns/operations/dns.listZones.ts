import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, isNotNull, isNull, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { environmentName, Zone, ZONE_STATES } from '../schemas.ts';
import { zones } from '../tables.ts';
import { zoneView } from '../zone-rows.ts';

function beyond(cursor: string | undefined) {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const [name, id] = values;
  if (typeof name !== 'string' || !isUuid(String(id)))
    throw new Problem('cursor-invalid', 'The cursor is not one of this list. Start again without it.');
  return sql`(${zones.name}, ${zones.id}) > (${name}, ${id}::uuid)`;
}

export const dnsListZones = defineOperation({
  name: 'dns.listZones',
  summary: 'List DNS zones',
  permission: 'dns:read',
  risk: 'read',
  route: { method: 'GET', path: '/dns/zones' },
  input: z.object({
    q: z.string().min(1).max(253).optional().meta({ title: 'Search', help: 'Part of the name' }),
    state: z.enum(ZONE_STATES).optional().meta({ title: 'State', help: 'Deleted zones are listed only when asked for' }),
    connectionId: z.uuid().optional().meta({ title: 'Connection', widget: 'cloud-connection' }),
    environment: environmentName.optional(),
    ...pageInput,
  }),
  output: pageOf(Zone),
  targets: 'filter',
  async run(ctx, { q, state, connectionId, environment, cursor, limit }) {
    const rows = await ctx.db
      .select()
      .from(zones)
      .where(
        and(
          eq(zones.tenantId, ctx.tenantId),
          state === 'deleted' ? isNotNull(zones.deletedAt) : isNull(zones.deletedAt),
          state ? eq(zones.state, state) : undefined,
          connectionId ? eq(zones.connectionId, connectionId) : undefined,
          environment ? eq(zones.environment, environment) : undefined,
          q ? sql`${zones.name} like ${`%${q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`}` : undefined,
          withinReach(ctx.reach, { type: 'dnsZone', id: zones.id, environment: zones.environment, labels: zones.labels }),
          beyond(cursor),
        ),
      )
      .orderBy(asc(zones.name), asc(zones.id))
      .limit(limit + 1);
    return toPage(rows, limit, (row) => [row.name, row.id], zoneView);
  },
});
