import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fieldProblem } from '../faults.ts';
import { makeZone, unmakeZone } from '../make-zone.ts';
import { withContent } from '../new-zone.ts';
import { planOf } from '../plans.ts';
import { DnsConnections, DnsServers } from '../providers/port.ts';
import { zoneName } from '../records.ts';
import { environmentName, labels, recordComment, recordData, recordName, recordType, ttl, Zone } from '../schemas.ts';
import { zones, type ZoneRow } from '../tables.ts';
import { zoneView } from '../zone-rows.ts';

const input = z.object({
  name: z
    .string()
    .min(1)
    .max(1_024)
    .meta({ title: 'Name', help: 'The domain; letters beyond ASCII are possible', examples: ['example.test'] }),
  connectionId: z.uuid().meta({ title: 'Connection', widget: 'cloud-connection', help: 'The name server that serves the zone' }),
  defaultTtl: ttl.default(3_600).meta({ title: 'Default TTL', help: 'For new record sets, in seconds' }),
  environment: environmentName.nullable().optional().meta({ title: 'Environment', help: 'The default of the connection when left out' }),
  labels: labels.default({}).meta({ title: 'Labels', widget: 'labels' }),
  protection: z
    .object({ delete: z.boolean().meta({ title: 'Against deletion' }) })
    .optional()
    .meta({ title: 'Protection', help: 'On by default in prod' }),
  records: z
    .array(z.object({ name: recordName, type: recordType, ttl: ttl.optional(), value: recordData, comment: recordComment.optional() }))
    .max(1_000)
    .default([])
    .meta({ title: 'First records' }),
  zonefile: z.string().optional().meta({ title: 'Zone file', widget: 'textarea', help: 'To begin with; RFC 1035 master file' }),
});
type NewZone = z.output<typeof input>;

/** The row that the zone will have; the same for the plan and for the start of the job. */
async function drafted(ctx: Pick<ReadContext, 'db' | 'tenantId' | 'provider' | 'now' | 'actor'>, wish: NewZone): Promise<ZoneRow> {
  const name = fieldProblem('/name', () => zoneName(wish.name));
  const connection = await ctx.provider(DnsConnections).find(ctx.db, ctx.tenantId, wish.connectionId);
  if (!connection) throw invalid('/connectionId', 'there is no connection with this id that serves DNS zones');
  if (connection.kind === 'rfc2136' && (wish.records.length > 0 || wish.zonefile !== undefined)) {
    throw invalid(
      wish.zonefile === undefined ? '/records' : '/zonefile',
      'this server has the zone already, with its records; add yours when it has been taken over',
    );
  }
  const environment = wish.environment === undefined ? connection.environment : wish.environment;
  return {
    tenantId: ctx.tenantId,
    id: newId(),
    name,
    connectionId: wish.connectionId,
    heldConnectionId: wish.connectionId,
    provider: connection.kind,
    environment,
    labels: wish.labels,
    state: 'creating',
    stateReason: null,
    soa: null,
    soaTtl: wish.defaultTtl,
    serial: null,
    defaultTtl: wish.defaultTtl,
    protected: wish.protection?.delete ?? environment === 'prod',
    nameservers: [],
    recordCount: 0,
    revision: 0,
    changeId: null,
    changeNumber: null,
    sent: false,
    createdBy: ctx.actor.id,
    deletedAt: null,
    version: 1,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  };
}

const invalid = (pointer: string, message: string): Problem =>
  new Problem('validation-failed', `dns.createZone: ${pointer}: ${message}.`, { errors: [{ pointer, message }] });
const taken = (name: string): Problem => new Problem('zone-exists', `The zone name ${name} is taken. Choose another name or another connection.`);

async function reserve(ctx: Context, wish: NewZone): Promise<void> {
  const row = await drafted(ctx, wish);
  const made = await ctx.db
    .insert(zones)
    .values({ ...row, changeId: ctx.changeId })
    .onConflictDoNothing()
    .returning({ id: zones.id });
  if (made.length === 0) throw taken(row.name);
}

export const dnsCreateZone = defineOperation({
  name: 'dns.createZone',
  summary: 'Create a DNS zone, or take one over',
  description:
    'On the embedded name server the zone is made, with its name server record. A server that is reached by dynamic update (RFC 2136) must have it already: ' +
    'its records are read by zone transfer and are managed here from then on.',
  permission: 'dns:create',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  bodyLimit: 12 * 1024 * 1024, // with a zone file of 5 MiB
  route: { method: 'POST', path: '/dns/zones' },
  input,
  output: Zone,
  /** What does not exist yet is described by where and what it will be. */
  async targets(ctx, wish) {
    const { name, environment } = await drafted(ctx, wish);
    return [{ type: 'dnsZone', id: `${wish.connectionId}/${name}`, name, environment, labels: wish.labels }];
  },
  async plan(ctx, wish) {
    const row = await drafted(ctx, wish);
    const [mine] = await ctx.db
      .select({ deletedAt: zones.deletedAt })
      .from(zones)
      .where(and(eq(zones.tenantId, ctx.tenantId), eq(zones.connectionId, row.connectionId), eq(zones.name, row.name)));
    if (mine?.deletedAt === null) throw taken(row.name);
    const initial = ctx.provider(DnsServers).initial(row.provider, row.name, row.defaultTtl);
    const records = planOf({ ...withContent(row, initial, wish), before: new Map() }, { summary: '', confirmed: true });
    const fields = { environment: row.environment, defaultTtl: row.defaultTtl, 'protection.delete': row.protected };
    const adopts = row.provider === 'rfc2136';
    return {
      summary: adopts ? `Take over the zone ${row.name}` : `Create the zone ${row.name}`,
      steps: [
        { title: adopts ? 'Read the zone from the server' : 'Make the zone at the server', seconds: 1 },
        { title: 'Record its first version', seconds: 1 },
      ],
      changes: [
        { action: 'create' as const, type: 'dnsZone', name: row.name, fields: Object.entries(fields).map(([path, after]) => ({ path, after })) },
        ...(records.changes ?? []),
      ],
      reversible: adopts ? 'Delete it here; the server keeps it.' : 'Delete the zone.',
      warnings: [
        ...(adopts ? ['The records that the server has become the first version; nothing changes there.'] : []),
        ...(records.warnings ?? []).filter((warning) => !warning.startsWith('High risk')),
      ],
      facts: { affected: 1, environment: row.environment },
      observed: { connection: row.connectionId },
    };
  },
  accept: reserve,
  execute: async (work, wish) => zoneView(await makeZone(work, wish)),
  rollback: (work) => unmakeZone(work),
});
