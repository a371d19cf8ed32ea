import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { counts, loadSets, setsAt } from '../content.ts';
import { SetDifference, zoneId, ZoneVersion } from '../schemas.ts';
import { diffSets, type SetState } from '../sets.ts';
import { versions, type VersionRow } from '../tables.ts';
import { oneZone, zoneOf } from '../zone-rows.ts';

const number = z.coerce.number().int().min(1);

const view = ({ revision, createdAt, changeId, operation, actor, serial, changes }: VersionRow): z.output<typeof ZoneVersion> => ({
  version: revision,
  at: createdAt.toISOString(),
  changeId,
  operation,
  by: actor,
  serial,
  ...counts(changes),
});

const state = (set: SetState | null) => set && { ttl: set.ttl, values: set.entries.map(({ value }) => value).toSorted() };

export const dnsHistory = defineOperation({
  name: 'dns.history',
  summary: 'List the versions of a zone, and what differs between two of them',
  description: 'With `from` and `to` the answer also has the difference between those versions. Versions are kept for 400 days.',
  permission: 'dns:read',
  risk: 'read',
  route: { method: 'GET', path: '/dns/zones/{id}/history' },
  input: z.object({
    id: zoneId,
    from: number.optional().meta({ title: 'Compare version' }),
    to: number.optional().meta({ title: 'with version', help: 'The newest when left out' }),
    ...pageInput,
  }),
  output: pageOf(ZoneVersion).extend({ differences: z.array(SetDifference).nullable() }),
  targets: oneZone,
  async run(ctx, { id, from, to, cursor, limit }) {
    const zone = await zoneOf(ctx, id);
    const after = decodeCursor(cursor, 1)?.[0];
    const rows = await ctx.db
      .select()
      .from(versions)
      .where(
        and(eq(versions.tenantId, ctx.tenantId), eq(versions.zoneId, id), after === undefined ? undefined : lt(versions.revision, Number(after))),
      )
      .orderBy(desc(versions.revision))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ revision }) => [revision], view);
    if (from === undefined) return { ...page, differences: null };
    const now = await loadSets(ctx, id);
    const [old, fresh] = [await setsAt(ctx, zone, now, from), await setsAt(ctx, zone, now, to ?? zone.revision)];
    const differences = diffSets(old, fresh).map(({ before, after: next, ...set }) => ({ ...set, before: state(before), after: state(next) }));
    return { ...page, differences };
  },
});
