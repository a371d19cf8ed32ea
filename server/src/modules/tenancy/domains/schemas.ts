import { z } from 'zod';
import type { DomainRow } from '../tables.ts';
import { challengeName, challengeValue } from './rules.ts';

const Check = z.object({ server: z.string(), answer: z.string(), ok: z.boolean() });
const DnsRecord = z.object({ type: z.enum(['TXT', 'CNAME']), name: z.string(), value: z.string(), purpose: z.string() });

export const Domain = z.object({
  id: z.uuid(),
  domain: z.string(),
  state: z.enum(['pending', 'verified', 'live', 'stale']).meta({ help: 'Verified: it is yours. Live: traffic comes here too. Stale: the proof is gone' }),
  records: z.array(DnsRecord).meta({ help: 'What to publish in the zone of the domain' }),
  checks: z.array(Check).meta({ help: 'What each server said when it was asked last' }),
  lastCheckedAt: z.iso.datetime().nullable(),
  nextCheckAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime().nullable(),
  endsAt: z.iso.datetime().nullable().meta({ help: 'When it is removed, unless the proof is seen before' }),
  createdAt: z.iso.datetime(),
}); // prettier-ignore

/** `tenantHost`: where traffic should go; undefined where the installation gives tenants no host names. */
export const domain = (row: DomainRow, tenantHost: string | undefined): z.input<typeof Domain> => ({
  id: row.id,
  domain: row.domain,
  state: row.state,
  records: [
    { type: 'TXT', name: challengeName(row.domain), value: challengeValue(row.token), purpose: 'proof' },
    ...(tenantHost === undefined ? [] : [{ type: 'CNAME' as const, name: row.domain, value: tenantHost, purpose: 'traffic' }]),
  ],
  checks: row.lastResult ?? [],
  lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
  nextCheckAt: row.nextCheckAt.toISOString(),
  verifiedAt: row.verifiedAt?.toISOString() ?? null,
  endsAt: row.endsAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
