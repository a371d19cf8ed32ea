import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { planOf } from '../plans.ts';
import { applyToSet, Record, recordComment, recordData, recordName, recordType, ttl, zoneId } from '../schemas.ts';
import { atTop, edited } from '../staging.ts';
import { carryOut, undoChange } from '../zone-change.ts';
import { findRecord, findZone, holdZone, oneZone, recordView, zoneOf, type Place } from '../zone-rows.ts';

const input = z.object({
  id: zoneId,
  name: recordName,
  type: recordType,
  ttl: ttl.optional().meta({ title: 'TTL', help: 'Seconds; that of the set, or the default of the zone, when left out' }),
  value: recordData,
  remark: recordComment.optional(),
  applyToSet: applyToSet.default(false),
});
type Wish = z.output<typeof input>;

const wanted = async (place: Place, { id, remark, ...create }: Wish) =>
  edited(place, await findZone(place, id), { creates: [{ ...create, comment: remark }] }, atTop);

export const dnsCreateRecord = defineOperation({
  name: 'dns.createRecord',
  summary: 'Create a DNS record',
  description: 'Adds a record to the set of its name and type. High risk for NS and MX of the zone itself, wildcards, delegations and CAA.',
  permission: 'dns:write',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'POST', path: '/dns/zones/{id}/records' },
  input,
  output: Record,
  targets: oneZone,
  async plan(ctx, wish) {
    const { name } = await zoneOf(ctx, wish.id);
    return planOf(await wanted(ctx, wish), { summary: `Create ${wish.type.toUpperCase()} record ${wish.name} in ${name}`, confirmed: true });
  },
  accept: async (ctx, { id }) => void (await holdZone(ctx, id, ctx.changeId!, 'updating')),
  async execute(work, wish) {
    const { changes } = await carryOut(work, 'dns.createRecord', (ctx) => wanted(ctx, wish));
    const known = new Set(changes.flatMap(({ before }) => before?.entries ?? []).map(({ id }) => id));
    const made = changes.flatMap(({ after }) => after?.entries ?? []).find(({ id }) => !known.has(id))!;
    return recordView(await work.tx((ctx) => findRecord(ctx, made.id)));
  },
  rollback: (work) => undoChange(work),
});
