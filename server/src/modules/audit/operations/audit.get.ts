import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { placeOf } from '../chain/place.ts';
import { viewOf } from '../query.ts';
import { AuditEntryView } from '../schemas.ts';
import { auditEntries } from '../tables.ts';

export const auditGet = defineOperation({
  name: 'audit.get',
  summary: 'Show an audit entry with its place in the chain',
  permission: 'audit:read',
  risk: 'read',
  sensitive: true,
  route: { method: 'GET', path: '/audit/entries/{id}' },
  aliases: [{ method: 'GET', path: '/audit-logs/{id}' }],
  input: z.object({ id: z.uuid().meta({ title: 'Entry' }) }),
  output: AuditEntryView.extend({
    grantId: z.string().nullable(),
    inputHash: z.string().meta({ help: 'Keyed hash of the input: equal inputs have equal hashes, and nothing can be read from it' }),
    timings: z.record(z.string(), z.number()),
    chain: z
      .object({ seq: z.int(), prevHash: z.string(), hash: z.string(), sealedAt: z.iso.datetime() })
      .nullable()
      .meta({ help: 'Null for the second until it is sealed' }),
  }),
  targets: 'none',
  async run(ctx, { id }) {
    const mine = and(eq(auditEntries.tenantId, ctx.tenantId), eq(auditEntries.id, id));
    const [row] = await ctx.db.select().from(auditEntries).where(mine).limit(1);
    if (!row)
      throw new Problem('audit-entry-not-found', `There is no audit entry ${id} in this tenant. It may have been let go when its time was over.`);
    const { grantId, inputHash, timings } = row;
    return { ...viewOf(row), grantId, inputHash, timings, chain: await placeOf(ctx.db, ctx.tenantId, id) };
  },
});
