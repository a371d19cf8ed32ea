import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { environmentName, labels, ttl, Zone, zoneId } from '../schemas.ts';
import type { ZoneRow } from '../tables.ts';
import { findZone, oneZone, requireSeen, setZone, zoneOf, zoneTarget, zoneView } from '../zone-rows.ts';

const input = z.object({
  id: zoneId,
  defaultTtl: ttl.optional().meta({ title: 'Default TTL', help: 'For new record sets, in seconds' }),
  environment: environmentName.nullable().optional(),
  labels: labels.optional().meta({ title: 'Labels', help: 'All of them: what is left out is removed', widget: 'labels' }),
  protection: z
    .object({ delete: z.boolean().meta({ title: 'Against deletion' }) })
    .optional()
    .meta({ title: 'Protection' }),
});
type Wish = z.output<typeof input>;

const patchOf = ({ defaultTtl, environment, labels: given, protection }: Wish): Partial<ZoneRow> => ({
  ...(defaultTtl === undefined ? {} : { defaultTtl }),
  ...(environment === undefined ? {} : { environment }),
  ...(given === undefined ? {} : { labels: given }),
  ...(protection === undefined ? {} : { protected: protection.delete }),
});

export const dnsUpdateZone = defineOperation({
  name: 'dns.updateZone',
  summary: 'Change the default TTL, environment, labels or protection of a zone',
  description: 'Nothing is sent to the name server. Lifting the protection of a zone in `prod` is high risk.',
  permission: 'dns:update',
  risk: 'write',
  route: { method: 'PATCH', path: '/dns/zones/{id}' },
  input,
  output: Zone,
  /** Moving a zone into another environment concerns both. */
  async targets(ctx, wish) {
    const row = await zoneOf(ctx, wish.id);
    const moved = wish.environment !== undefined && wish.environment !== row.environment;
    return [...(await oneZone(ctx, wish)), ...(moved ? [{ ...zoneTarget(row), environment: wish.environment }] : [])];
  },
  async plan(ctx, wish) {
    const row = await zoneOf(ctx, wish.id);
    requireSeen(row, ctx);
    const changed = Object.entries(patchOf(wish)).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(row[field as keyof ZoneRow]));
    const unguarded = row.environment === 'prod' && row.protected && wish.protection?.delete === false;
    return {
      summary: `Change ${changed.map(([field]) => field).join(', ') || 'nothing'} of ${row.name}`,
      ...(unguarded ? { risk: 'high' as const } : {}),
      changes: [
        {
          action: 'update' as const,
          type: 'dnsZone',
          id: row.id,
          name: row.name,
          fields: changed.map(([path, after]) => ({ path, before: row[path as 'labels'] ?? null, after: (after ?? null) as null })),
        },
      ],
      reversible: 'Change it back.',
      observed: { [`dnsZone:${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, wish) {
    const row = await findZone(ctx, wish.id, { lock: true });
    requireSeen(row, ctx);
    const after = await setZone(ctx, row.id, { ...patchOf(wish), version: row.version + 1 });
    ctx.emit('dns.zone.updated', { id: row.id, name: row.name, changed: Object.keys(patchOf(wish)) });
    return zoneView(after);
  },
});
