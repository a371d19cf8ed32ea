import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Resources, tagOf } from '#kernel/resource-cache.ts';
import { asProblems } from '../faults.ts';
import { DnsServers } from '../providers/port.ts';
import { zoneId } from '../schemas.ts';
import { oneZone, zoneOf, zoneTarget } from '../zone-rows.ts';

const MOST = 10_000;

export const dnsServed = defineOperation({
  name: 'dns.served',
  summary: 'Show a zone as its name server has it',
  description:
    'Read at the server at most once an hour, however many look, and anew after each Change of the zone. `readAt` says when; `stale`: the server does not answer now, and what it had before is shown.',
  permission: 'dns:read',
  risk: 'read',
  route: { method: 'GET', path: '/dns/zones/{id}/served' },
  input: z.object({ id: zoneId }),
  output: z.object({
    serial: z.int(),
    readAt: z.string(),
    ageSeconds: z.int(),
    stale: z.boolean(),
    records: z.array(z.object({ name: z.string(), type: z.string(), ttl: z.int(), value: z.string() })),
    /** There are more than the 10,000 that are shown. */
    cut: z.boolean(),
  }),
  targets: oneZone,
  async run(ctx, { id }) {
    const { name, connectionId, ...zone } = await zoneOf(ctx, id);
    const { tenantId } = ctx;
    const servers = ctx.provider(DnsServers);
    const key = { tenantId, kind: 'config', tag: tagOf(zoneTarget({ name, ...zone })), part: 'zone' } as const;
    const { value, readAt, stale } = await ctx.provider(Resources).read(key, (signal) =>
      asProblems(async () => {
        const { serial, records } = await (await servers.open(tenantId, connectionId, null)).read(name, signal);
        const shown = records.slice(0, MOST).map(({ name: owner, type, ttl, value: text }) => ({ name: owner, type, ttl, value: text }));
        return { serial, records: shown, cut: records.length > MOST };
      }),
    );
    return { ...value, readAt: readAt.toISOString(), ageSeconds: Math.max(0, Math.floor((Date.now() - readAt.getTime()) / 1_000)), stale };
  },
});
