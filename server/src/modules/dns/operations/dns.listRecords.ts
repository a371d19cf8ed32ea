import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { fieldProblem } from '../faults.ts';
import { ownerName } from '../records.ts';
import { Record, recordName, recordType, zoneId } from '../schemas.ts';
import { records } from '../tables.ts';
import { oneZone, recordView, zoneOf } from '../zone-rows.ts';

const contains = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
const part = z.string().min(1).max(253);

function beyond(cursor: string | undefined) {
  const values = decodeCursor(cursor, 3);
  if (!values) return undefined;
  const [name, rank, id] = values;
  if (typeof name !== 'string' || !Number.isInteger(rank) || !isUuid(String(id)))
    throw new Problem('cursor-invalid', 'The cursor is not one of this list. Start again without it.');
  return sql`(${records.sortKey}, ${records.typeRank}, ${records.id}) > (${name}, ${rank}::integer, ${id}::uuid)`;
}

export const dnsListRecords = defineOperation({
  name: 'dns.listRecords',
  summary: 'List the records of a zone',
  description: 'In the canonical order of names: the zone itself first, then what is below it, each name with all its types.',
  permission: 'dns:read',
  risk: 'read',
  route: { method: 'GET', path: '/dns/zones/{id}/records' },
  input: z.object({
    id: zoneId,
    type: recordType.optional(),
    name: recordName.optional().meta({ title: 'Name', help: 'Exactly this name' }),
    q: part.optional().meta({ title: 'Search', help: 'Part of a name, value or remark' }),
    value: part.optional().meta({ title: 'Value has' }),
    remark: part.optional().meta({ title: 'Remark has' }),
    ...pageInput,
  }),
  output: pageOf(Record),
  targets: oneZone,
  async run(ctx, { id, type, name, q, value, remark, cursor, limit }) {
    const zone = await zoneOf(ctx, id);
    const owner = name === undefined ? undefined : fieldProblem('/name', () => ownerName(name, zone.name));
    const text = q && contains(q);
    const rows = await ctx.db
      .select()
      .from(records)
      .where(
        and(
          eq(records.tenantId, ctx.tenantId),
          eq(records.zoneId, id),
          type ? eq(records.type, type.toUpperCase()) : undefined,
          owner === undefined ? undefined : eq(records.name, owner),
          value ? sql`lower(${records.value}) like ${contains(value)}` : undefined,
          remark ? sql`lower(${records.comment}) like ${contains(remark)}` : undefined,
          text ? sql`(${records.name} like ${text} or lower(${records.value}) like ${text} or lower(${records.comment}) like ${text})` : undefined,
          beyond(cursor),
        ),
      )
      .orderBy(asc(records.sortKey), asc(records.typeRank), asc(records.id))
      .limit(limit + 1);
    return toPage(rows, limit, (row) => [row.sortKey, row.typeRank, row.id], recordView);
  },
});
