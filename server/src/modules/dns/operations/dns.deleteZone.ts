import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { removeZone, restoreZone } from '../remove-zone.ts';
import { Zone, zoneId } from '../schemas.ts';
import type { ZoneRow } from '../tables.ts';
import { holdZone, oneZone, requireSeen, zoneOf, zoneView } from '../zone-rows.ts';

function requireUnprotected({ name, protected: guarded }: Pick<ZoneRow, 'name' | 'protected'>): void {
  if (guarded) throw new Problem('deletion-protected', `${name} is protected against deletion. Lift that first with dns.updateZone.`);
}

export const dnsDeleteZone = defineOperation({
  name: 'dns.deleteZone',
  summary: 'Delete a DNS zone',
  description:
    'On the embedded name server the zone is gone at once, and with it every name in it. A zone that was taken over (RFC 2136) stays at its server and is only no longer managed here. ' +
    'An export can be made for 90 days.',
  permission: 'dns:delete',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'DELETE', path: '/dns/zones/{id}' },
  input: z.object({ id: zoneId }),
  output: Zone,
  targets: oneZone,
  async plan(ctx, { id }) {
    const zone = await zoneOf(ctx, id);
    requireSeen(zone, ctx);
    requireUnprotected(zone);
    const served = zone.provider === 'embedded';
    return {
      summary: `Delete the zone ${zone.name} with ${zone.recordCount} records`,
      steps: [{ title: served ? 'Take the zone away at the server' : 'Let the zone go', seconds: 1 }],
      changes: [
        {
          action: 'delete' as const,
          type: 'dnsZone',
          id: zone.id,
          name: zone.name,
          fields: [{ path: 'records', before: zone.recordCount, after: 0 }],
        },
      ],
      downtime: { kind: served ? ('outage' as const) : ('none' as const), seconds: 0 },
      dataLoss: null,
      reversible: 'Roll the Change back within 90 days, or import an export.',
      warnings: [
        served
          ? `Every name in ${zone.name} stops to resolve. If the parent zone still delegates here, remove that delegation too.`
          : `${zone.name} stays at its name server, with all its records.`,
      ],
      facts: { affected: 1, recordsDeletedPercent: 100 },
      observed: { [`dnsZone:${zone.id}`]: String(zone.version) },
    };
  },
  async accept(ctx, { id }) {
    requireUnprotected(await holdZone(ctx, id, ctx.changeId!, 'deleting'));
  },
  execute: async (work, { id }) => zoneView(await removeZone(work, id)),
  rollback: (work, { id }) => restoreZone(work, id),
});
