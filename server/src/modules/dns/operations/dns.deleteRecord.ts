import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { planOf } from '../plans.ts';
import { atTop, edited } from '../staging.ts';
import { carryOut, undoChange } from '../zone-change.ts';
import { findRecord, findZone, holdZone, recordOf, requireSeen, zoneOf, zoneOfRecord, type Place } from '../zone-rows.ts';

const input = z.object({ id: z.uuid().meta({ title: 'Record', widget: 'dns-record' }) });

async function wanted(place: Place, { id }: { id: string }) {
  const { zoneId } = await findRecord(place, id);
  return edited(place, await findZone(place, zoneId), { deletes: [id] }, atTop);
}

export const dnsDeleteRecord = defineOperation({
  name: 'dns.deleteRecord',
  summary: 'Delete a DNS record',
  description: 'Other records of its name and type stay. High risk for NS and MX of the zone itself, wildcards, delegations and CAA.',
  permission: 'dns:write',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'DELETE', path: '/dns/records/{id}' },
  input,
  output: z.object({ deleted: z.string() }),
  targets: zoneOfRecord,
  async plan(ctx, wish) {
    const { name, type, value, zoneId } = await recordOf(ctx, wish.id);
    requireSeen(await zoneOf(ctx, zoneId), ctx);
    return planOf(await wanted(ctx, wish), { summary: `Delete ${type} record ${name} (${value.slice(0, 80)})`, confirmed: true });
  },
  accept: async (ctx, { id }) => void (await holdZone(ctx, (await recordOf(ctx, id)).zoneId, ctx.changeId!, 'updating')),
  async execute(work, wish) {
    await carryOut(work, 'dns.deleteRecord', (ctx) => wanted(ctx, wish));
    return { deleted: wish.id };
  },
  rollback: (work) => undoChange(work),
});
