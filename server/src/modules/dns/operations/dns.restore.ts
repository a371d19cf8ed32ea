import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { counts, loadSets, setsAt } from '../content.ts';
import { planOf, type Wanted } from '../plans.ts';
import { newFaults } from '../rules.ts';
import { Zone, zoneId } from '../schemas.ts';
import { faultsProblem } from '../staging.ts';
import { carryOut, undoChange } from '../zone-change.ts';
import { findZone, holdZone, oneZone, zoneOf, zoneView, type Place } from '../zone-rows.ts';

const input = z.object({ id: zoneId, version: z.coerce.number().int().min(1).meta({ title: 'Version', help: 'A number from dns.history' }) });
type Wish = z.output<typeof input>;

async function wanted(place: Place, { id, version }: Wish): Promise<Wanted> {
  const zone = await findZone(place, id);
  const before = await loadSets(place, id);
  const after = await setsAt(place, zone, before, version);
  const faults = newFaults(zone.name, before, after);
  if (faults.length > 0) throw faultsProblem(faults.map(({ slug, message }) => ({ slug, message, pointer: '/version' })));
  return { zone, before, after };
}

export const dnsRestore = defineOperation({
  name: 'dns.restore',
  summary: 'Restore an earlier version of a zone',
  description: 'Makes the records what they were at that version; only the serial goes on. The restored state is a new version.',
  permission: 'dns:write',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'POST', path: '/dns/zones/{id}/history/{version}/restore' },
  input,
  output: z.object({ zone: Zone, created: z.int(), updated: z.int(), deleted: z.int() }),
  targets: oneZone,
  async plan(ctx, wish) {
    const { name } = await zoneOf(ctx, wish.id);
    return planOf(await wanted(ctx, wish), { summary: `Restore version ${wish.version} of ${name}`, confirmed: true });
  },
  accept: async (ctx, { id }) => void (await holdZone(ctx, id, ctx.changeId!, 'updating')),
  async execute(work, wish) {
    const { zone, changes } = await carryOut(work, 'dns.restore', (ctx) => wanted(ctx, wish));
    return { zone: zoneView(zone), ...counts(changes) };
  },
  rollback: (work) => undoChange(work),
});
