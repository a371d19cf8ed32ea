import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Zone, zoneId } from '../schemas.ts';
import { oneZone, zoneOf, zoneView } from '../zone-rows.ts';

export const dnsGetZone = defineOperation({
  name: 'dns.getZone',
  summary: 'Show a DNS zone',
  permission: 'dns:read',
  risk: 'read',
  route: { method: 'GET', path: '/dns/zones/{id}' },
  input: z.object({ id: zoneId }),
  output: Zone,
  targets: oneZone,
  run: async (ctx, { id }) => zoneView(await zoneOf(ctx, id)),
});
