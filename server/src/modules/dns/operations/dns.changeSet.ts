import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { counts } from '../content.ts';
import { planOf } from '../plans.ts';
import { applyToSet, recordComment, recordData, recordName, recordType, ttl, Zone, zoneId } from '../schemas.ts';
import { edited } from '../staging.ts';
import { carryOut, undoChange } from '../zone-change.ts';
import { findZone, holdZone, oneZone, requireSeen, zoneOf, zoneView, type Place } from '../zone-rows.ts';

const MOST = 1_000;
const recordId = z.uuid().meta({ title: 'Record', widget: 'dns-record' });
const more = { ttl: ttl.optional(), comment: recordComment.optional(), applyToSet: applyToSet.optional() };

const input = z.object({
  id: zoneId,
  creates: z.array(z.object({ name: recordName, type: recordType, value: recordData, ...more })).max(MOST).default([]).meta({ title: 'Create' }), // prettier-ignore
  updates: z.array(z.object({ recordId, value: recordData.optional(), ...more })).max(MOST).default([]).meta({ title: 'Change' }), // prettier-ignore
  deletes: z.array(recordId).max(MOST).default([]).meta({ title: 'Delete' }),
  confirmMassChange: z.boolean().default(false).meta({ title: 'Much is meant to change', help: 'Needed when more than 30 % of a zone changes' }),
});
type Wish = z.output<typeof input>;

const wanted = async (place: Place, { id, creates, updates, deletes }: Wish) =>
  edited(place, await findZone(place, id), { creates, updates, deletes }, (kind, index) => `/${kind}/${index}`);

const some = ({ creates, updates, deletes }: Wish): string =>
  [
    [creates.length, 'create'],
    [updates.length, 'change'],
    [deletes.length, 'delete'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, verb]) => `${verb} ${count}`)
    .join(', ') || 'change nothing';

export const dnsChangeSet = defineOperation({
  name: 'dns.changeSet',
  summary: 'Create, change and delete several DNS records as one Change',
  description:
    'Deletes are carried out first, then updates, then creates, and the zone is judged by its state afterwards; so an alias can be replaced by an address. ' +
    'All of it happens or nothing. High risk when more than 30 % of a zone with ten or more record sets changes (`confirmMassChange` is asked for), and for what is high risk alone.',
  permission: 'dns:write',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'POST', path: '/dns/zones/{id}/changes' },
  input,
  output: z.object({ zone: Zone, created: z.int(), updated: z.int(), deleted: z.int() }),
  targets: oneZone,
  async plan(ctx, wish) {
    const zone = await zoneOf(ctx, wish.id);
    requireSeen(zone, ctx);
    return planOf(await wanted(ctx, wish), { summary: `Records of ${zone.name}: ${some(wish)}`, confirmed: wish.confirmMassChange });
  },
  accept: async (ctx, { id }) => void (await holdZone(ctx, id, ctx.changeId!, 'updating')),
  async execute(work, wish) {
    const { zone, changes } = await carryOut(work, 'dns.changeSet', (ctx) => wanted(ctx, wish));
    return { zone: zoneView(zone), ...counts(changes) };
  },
  rollback: (work) => undoChange(work),
});
