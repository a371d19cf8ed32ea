import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { planOf } from '../plans.ts';
import { applyToSet, Record, recordComment, recordData, ttl } from '../schemas.ts';
import { atTop, edited } from '../staging.ts';
import { carryOut, undoChange } from '../zone-change.ts';
import { findRecord, findZone, holdZone, recordOf, recordView, requireSeen, zoneOf, zoneOfRecord, type Place } from '../zone-rows.ts';

const input = z.object({
  id: z.uuid().meta({ title: 'Record', widget: 'dns-record' }),
  ttl: ttl.optional(),
  value: recordData.optional(),
  remark: recordComment.optional(),
  applyToSet: applyToSet.default(false),
});
type Wish = z.output<typeof input>;

async function wanted(place: Place, { id, remark, ...update }: Wish) {
  const { zoneId } = await findRecord(place, id);
  return edited(place, await findZone(place, zoneId), { updates: [{ ...update, recordId: id, comment: remark }] }, atTop);
}

export const dnsUpdateRecord = defineOperation({
  name: 'dns.updateRecord',
  summary: 'Change the value, TTL or remark of a DNS record',
  description: 'The whole set of its name and type is written anew. `If-Match` takes the version of the zone.',
  permission: 'dns:write',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'PATCH', path: '/dns/records/{id}' },
  input,
  output: Record,
  targets: zoneOfRecord,
  async plan(ctx, wish) {
    const { name, type, zoneId } = await recordOf(ctx, wish.id);
    requireSeen(await zoneOf(ctx, zoneId), ctx);
    return planOf(await wanted(ctx, wish), { summary: `Change ${type} record ${name}`, confirmed: true });
  },
  accept: async (ctx, { id }) => void (await holdZone(ctx, (await recordOf(ctx, id)).zoneId, ctx.changeId!, 'updating')),
  async execute(work, wish) {
    await carryOut(work, 'dns.updateRecord', (ctx) => wanted(ctx, wish));
    return recordView(await work.tx((ctx) => findRecord(ctx, wish.id)));
  },
  rollback: (work) => undoChange(work),
});
