import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { admitted } from '../check/gatekeeper.ts';
import { expectation } from '../check/expectation.ts';
import { runCheck } from '../check/run.ts';
import { authorities, Lookups, namedResolvers } from '../check/servers.ts';
import { lineOf, VERDICTS, type Said } from '../check/verdict.ts';
import { loadSets } from '../content.ts';
import { asProblems, fieldProblem } from '../faults.ts';
import { DnsServers } from '../providers/port.ts';
import { canonicalType, typeCode } from '../rdata/types.ts';
import { ownerName, recordValue } from '../records.ts';
import { recordName, recordType, zoneId } from '../schemas.ts';
import type { SetState } from '../sets.ts';
import { versions, type ZoneRow } from '../tables.ts';
import { oneZone, zoneOf } from '../zone-rows.ts';

const SECONDS = 8;

const input = z.object({
  id: zoneId,
  name: recordName.default('@'),
  type: recordType.default('SOA').meta({ title: 'Type', help: 'SOA compares the serial only' }),
  expected: z.string().max(10_000).optional().meta({ title: 'Expected values', help: 'One a line; what the zone holds here when left out' }),
  resolvers: z.string().max(400).optional().meta({
    title: 'Resolvers',
    help: 'Public addresses with commas between; when left out, those of this installation, except for zones on the embedded name server, which no resolver finds',
  }),
});
type Wish = z.output<typeof input>;

const Row = z.object({
  role: z.enum(['authoritative', 'resolver']),
  host: z.string(),
  address: z.string(),
  verdict: z.enum(VERDICTS),
  serial: z.int().nullable(),
  values: z.array(z.string()),
  ttl: z.int().nullable(),
  until: z.string().nullable(),
  authenticated: z.boolean(),
  tcp: z.boolean(),
  ms: z.int().nullable(),
  reason: z.string().nullable(),
});

/** Earlier states of one set, newest first: what a cache may still hold. */
async function earlier(ctx: ReadContext, zone: ZoneRow, name: string, type: string): Promise<SetState[]> {
  const { rows } = await ctx.db.execute<{ before: SetState | null }>(sql`
    select each -> 'before' as before from ${versions}, jsonb_array_elements(${versions.changes}) each
    where ${versions.tenantId} = ${ctx.tenantId} and ${versions.zoneId} = ${zone.id} and each ->> 'name' = ${name} and each ->> 'type' = ${type}
    order by ${versions.revision} desc limit 20`);
  return rows.flatMap(({ before }) => before ?? []);
}

const linesOf = (name: string, type: string, values: readonly string[]): Said => new Set(values.map((value) => lineOf(name, type, value)));

async function prepared(ctx: ReadContext, wish: Wish) {
  const zone = await zoneOf(ctx, wish.id);
  const name = fieldProblem('/name', () => ownerName(wish.name, zone.name));
  const type = fieldProblem('/type', () => canonicalType(wish.type));
  const sets = await loadSets(ctx, zone.id);
  const values = wish.expected?.split('\n').filter((line) => line.trim() !== '');
  const expected = values && fieldProblem('/expected', () => linesOf(name, type, values.map((value) => recordValue(type, value)))); // prettier-ignore
  const found = expectation(zone, sets, name, type);
  if (found.delegatedTo !== undefined)
    throw new Problem('record-invalid', `${name} is delegated to other name servers (${found.delegatedTo}). Check it where it is served.`, {
      errors: [{ pointer: '/name', message: 'delegated' }],
    });
  const before = await earlier(ctx, zone, name, type);
  const past = before.map((state) => linesOf(name, type, state.entries.map(({ value }) => value))); // prettier-ignore
  const largestTtl = Math.max(0, ...before.map(({ ttl }) => ttl), sets.get(`${name} ${type}`)?.ttl ?? 0);
  return {
    zone,
    sets,
    name,
    type,
    largestTtl,
    wished: { zone: zone.name, said: expected ?? found.said, newest: zone.serial ?? 0, past, onlySerial: type === 'SOA' },
  };
}

export const dnsCheck = defineOperation({
  name: 'dns.check',
  summary: 'Check what name servers and resolvers answer',
  description:
    'Asks every authoritative server at every address, and resolvers, with real DNS messages, for at most eight seconds, and says for each whether it has the new data, ' +
    'and if not until when its cache may keep the old.',
  permission: 'dns:read',
  risk: 'read',
  route: { method: 'GET', path: '/dns/zones/{id}/check' },
  input,
  output: z.object({
    zone: z.string(),
    name: z.string(),
    type: z.string(),
    serial: z.int(),
    percent: z.object({ authoritative: z.int().nullable(), resolvers: z.int().nullable() }),
    expectedBy: z.string().nullable(),
    rows: z.array(Row),
  }),
  targets: oneZone,
  run: (ctx, wish) =>
    admitted(ctx.tenantId, async () => {
      const lookups = ctx.provider(Lookups);
      const resolvers = namedResolvers(wish.resolvers, lookups);
      if (resolvers.wrong.length > 0)
        throw new Problem('host-not-allowed', `${resolvers.wrong[0]} is not a public address.`, {
          errors: [{ pointer: '/resolvers', message: `${resolvers.wrong[0]} is not a public address` }],
        });
      const { zone, sets, name, type, largestTtl, wished } = await prepared(ctx, wish);
      const signal = AbortSignal.timeout(SECONDS * 1_000);
      const { endpoint } = await asProblems(() => ctx.provider(DnsServers).open(ctx.tenantId, zone.connectionId, null));
      const servers = await authorities(zone.name, sets, endpoint, lookups);
      // Nobody delegates to the name server that we bring along, so a resolver that was not asked for could only say no.
      const ask = wish.resolvers === undefined && zone.provider === 'embedded' ? servers : [...servers, ...resolvers.asked];
      const report = await runCheck({ name, type: typeCode(type), wished, largestTtl, ask, signal, now: ctx.now });
      return { zone: zone.name, name, type, ...report };
    }),
});
