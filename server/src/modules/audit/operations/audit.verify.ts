import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { linksWithin, waitingIn } from '../chain/place.ts';
import { chainIn } from '../chain/source.ts';
import { verifyChain } from '../chain/verify.ts';
import { Evidence } from '../providers/port.ts';

const moment = z.iso.datetime({ offset: true }).optional();

export const auditVerify = defineOperation({
  name: 'audit.verify',
  summary: 'Prove that the audit trail is as it was written',
  description:
    'Recomputes the hash chain of the tenant against entries and signed anchors, and names the first entry that was altered, removed or put in. At most `most` links are looked at; call again with `fromSeq` = `next` to go on.',
  permission: 'audit:verify',
  risk: 'read',
  sensitive: true,
  route: { method: 'POST', path: '/audit/verify' },
  aliases: [{ method: 'POST', path: '/audit-logs/verify' }],
  input: z.object({
    from: moment.meta({ title: 'From' }),
    to: moment.meta({ title: 'Until' }),
    fromSeq: z.int().min(1).optional().meta({ title: 'From link', help: 'Number of a link; wins over “From”' }),
    most: z.int().min(1).max(200_000).default(50_000).meta({ title: 'Links at most' }),
  }),
  output: z.object({
    ok: z.boolean(),
    from: z.int(),
    to: z.int(),
    checked: z.int().meta({ help: 'Entries compared with what was sealed' }),
    expired: z.int().meta({ help: 'Entries that retention let go, by a signed record' }),
    anchors: z.int(),
    lastAnchor: z.object({ seq: z.int(), at: z.iso.datetime() }).nullable(),
    head: z.int().meta({ help: 'Last link of the chain' }),
    waiting: z.int().meta({ help: 'Entries too new to be in the chain' }),
    next: z.int().nullable().meta({ help: 'Link to go on from; null when all was looked at' }),
    fault: z
      .object({
        kind: z.enum(['altered', 'missing', 'inserted', 'links-altered', 'links-missing', 'anchor-altered', 'anchor-missing']),
        seq: z.int().nullable(),
        entryId: z.string().nullable(),
        text: z.string(),
      })
      .nullable(),
  }),
  targets: 'none',
  async run(ctx, { from, to, fromSeq, most }) {
    const { check, broken } = ctx.provider(Evidence);
    const range = await linksWithin(ctx.db, ctx.tenantId, from ? new Date(from) : undefined, to ? new Date(to) : undefined);
    const { to: head } = to ? await linksWithin(ctx.db, ctx.tenantId) : range;
    const first = fromSeq ?? range.from;
    const wanted = to ? Math.max(1, Math.min(most, range.to - first + 1)) : most;
    const found = await verifyChain(chainIn(ctx.db, ctx.tenantId), { from: first, most: wanted, check });
    if (found.fault) await broken(ctx.tenantId, found.fault);
    const done = found.fault !== null || found.to >= range.to;
    return { ok: found.fault === null, ...found, head, waiting: await waitingIn(ctx.db, ctx.tenantId), next: done ? null : found.to + 1 };
  },
});
