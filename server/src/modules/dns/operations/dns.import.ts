import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { adopt, counts, loadSets, storeChange } from '../content.ts';
import { asProblems } from '../faults.ts';
import { imported } from '../importing.ts';
import { planOf } from '../plans.ts';
import { Zone, zoneId } from '../schemas.ts';
import { diffSets } from '../sets.ts';
import { carryOut, openServer, patiently, undoChange, letGo } from '../zone-change.ts';
import { findZone, holdZone, oneZone, zoneOf, zoneView, type Place } from '../zone-rows.ts';
import type { Work } from '#kernel/work.ts';
import { Problem } from '#kernel/problem.ts';

const input = z.object({
  id: zoneId,
  source: z
    .enum(['text', 'server'])
    .default('text')
    .meta({ title: 'From', help: '`text`: a zone file. `server`: what the name server holds is taken over here; the server is not changed' }),
  zonefile: z.string().optional().meta({ title: 'Zone file', widget: 'textarea', help: 'RFC 1035 master file, at most 5 MiB and 10,000 records' }),
  mode: z
    .enum(['merge', 'replace'])
    .default('merge')
    .meta({ title: 'How', help: '`merge`: record sets of the file take the place of those here. `replace`: the zone becomes the file' }),
  keepNs: z.boolean().default(false).meta({ title: 'Take the file’s name servers', help: 'SOA and NS of the zone itself are ignored otherwise' }),
  skipInvalid: z.boolean().default(false).meta({ title: 'Leave out what cannot be read' }),
  confirmMassChange: z.boolean().default(false).meta({ title: 'Much is meant to change' }),
});
type Wish = z.output<typeof input>;

async function wanted(place: Place, { id, zonefile, ...options }: Wish) {
  if (zonefile === undefined)
    throw new Problem('validation-failed', 'dns.import: /zonefile: is needed.', {
      errors: [{ pointer: '/zonefile', message: 'is needed when source is text' }],
    });
  return imported(place, await findZone(place, id), zonefile, options);
}

/** Takes over what the server holds. Only our side changes, so an undo has nothing to do at the server. */
async function takeOver(work: Work, { id }: Wish) {
  const zone = await work.tx((ctx) => findZone(ctx, id));
  const server = await openServer(work, zone);
  const served = await work.step('transfer', `Read ${zone.name} from the server`, () =>
    asProblems(() => patiently(work, 'the transfer', () => server.read(zone.name, work.signal))),
  );
  return work.step('record', 'Record the new version', () =>
    work.tx(async (ctx) => {
      const before = await loadSets(ctx, id);
      const changes = diffSets(before, adopt(served.records, before));
      await storeChange(ctx, {
        zone: await findZone(ctx, id, { lock: true }),
        operation: 'dns.import',
        changes,
        serial: served.serial,
        soa: served.soa,
      });
      return counts(changes);
    }),
  );
}

/** What the server holds is what it holds: there is nothing that an undo could put back there. */
async function keepTakenOver(work: Work): Promise<void> {
  if ((await work.recorded('record')) !== undefined)
    throw new Problem(
      'rollback-impossible',
      'The records were read from the server. Restore an earlier version with dns.restore; that changes the server too.',
    );
  await letGo(work);
}

export const dnsImport = defineOperation({
  name: 'dns.import',
  summary: 'Import a zone file, or what the name server holds',
  description:
    'All errors of a file are told with line and column, and nothing is applied unless the whole of it is valid (or `skipInvalid` is set). `$INCLUDE` is refused, `$GENERATE` makes up to 4096 records. ' +
    'An export that is imported again changes nothing.',
  permission: 'dns:import',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 600,
  bodyLimit: 12 * 1024 * 1024, // 5 MiB of file, every character escaped in JSON
  route: { method: 'POST', path: '/dns/zones/{id}/import' },
  input,
  output: z.object({ zone: Zone, created: z.int(), updated: z.int(), deleted: z.int() }),
  targets: oneZone,
  async plan(ctx, wish) {
    const { name, id } = await zoneOf(ctx, wish.id);
    if (wish.source === 'server') {
      return {
        summary: `Take over the records that the name server holds for ${name}`,
        steps: [{ title: 'Read the zone from the server', seconds: 2 }, { title: 'Record the new version', seconds: 1 }], // prettier-ignore
        warnings: ['What differs here is replaced by what the server has. Nothing changes at the server.'],
        reversible: 'The earlier version stays in the history.',
        observed: { [`dnsZone:${id}`]: name },
      };
    }
    const found = await wanted(ctx, wish);
    const plan = planOf(found, { summary: `Import a zone file into ${name} (${wish.mode})`, confirmed: wish.confirmMassChange });
    return { ...plan, facts: { ...plan.facts, unchanged: found.unchanged } };
  },
  accept: async (ctx, { id }) => void (await holdZone(ctx, id, ctx.changeId!, 'updating')),
  async execute(work, wish) {
    const count =
      wish.source === 'server' ? await takeOver(work, wish) : counts((await carryOut(work, 'dns.import', (ctx) => wanted(ctx, wish))).changes);
    return { zone: zoneView(await work.tx((ctx) => findZone(ctx, wish.id))), ...count };
  },
  rollback: (work, { source }) => (source === 'server' ? keepTakenOver(work) : undoChange(work)),
});
