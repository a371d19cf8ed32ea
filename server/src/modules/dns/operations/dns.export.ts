import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { loadSets } from '../content.ts';
import { soaValue } from '../embedded/zone.ts';
import { zoneId } from '../schemas.ts';
import { inOrder, recordsOf } from '../sets.ts';
import { findZone, zoneTarget } from '../zone-rows.ts';
import { writeZoneFile } from '../zonefile/write.ts';

export const dnsExport = defineOperation({
  name: 'dns.export',
  summary: 'Export a zone as a file',
  description:
    '`bind` is a master file (RFC 1035) that name servers read; equal zones give equal bytes. `json` has the remarks as well. A deleted zone can be exported for 90 days.',
  permission: 'dns:export',
  risk: 'read',
  download: true,
  route: { method: 'GET', path: '/dns/zones/{id}/export' },
  input: z.object({ id: zoneId, format: z.enum(['bind', 'json']).default('bind').meta({ title: 'Format' }) }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.string() }),
  targets: async (ctx, { id }) => [zoneTarget(await findZone(ctx, id, { deleted: true }))],
  async run(ctx, { id, format }) {
    const zone = await findZone(ctx, id, { deleted: true });
    const { name, serial: known, soa, soaTtl, defaultTtl } = zone;
    const serial = known ?? 0;
    const sets = await loadSets(ctx, id);
    if (format === 'bind') {
      const content = writeZoneFile({ name, serial, soa: { ttl: soaTtl, value: soa ?? soaValue(name, serial) }, sets });
      return { filename: `${name}.zone`, mediaType: 'text/dns; charset=utf-8', content };
    }
    const records = recordsOf(new Map(inOrder([...sets.values()]).map((set, at) => [String(at), set]))).map(({ id: _id, ...record }) => record);
    return {
      filename: `${name}.json`,
      mediaType: 'application/json',
      content: `${JSON.stringify({ name, serial, defaultTtl, records }, null, 2)}\n`,
    };
  },
});
