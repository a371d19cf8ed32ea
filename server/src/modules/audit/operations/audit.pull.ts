import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { readAfter } from '../chain/read.ts';

const MOST = 1_000;
const NUMBER = /^\d{1,15}$/;

function numberOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!NUMBER.test(cursor)) throw new Problem('cursor-invalid', 'The cursor is the number of the last link that you have, such as 4711.');
  return Number(cursor);
}

export const auditPull = defineOperation({
  name: 'audit.pull',
  summary: 'Take the audit trail in the order of its chain, from where you left off',
  description:
    'Oldest first, each entry with its number in the chain and its link; as NDJSON for those who accept `application/x-ndjson`. `nextCursor` is always there: keep it and give it back as `cursor`, and nothing is left out or comes twice, whatever happened in between. Entries are there about a second after they were written. Each call leaves an entry itself.',
  permission: 'audit:export',
  risk: 'read',
  sensitive: true,
  lines: true,
  hiddenFrom: ['mcp'],
  route: { method: 'GET', path: '/audit/pull' },
  input: z.object({
    cursor: z.string().max(20).optional().meta({ title: 'After', help: 'Number of the last link that you have; left out: from the beginning' }),
    limit: z.coerce.number().int().min(1).max(MOST).default(500).meta({ title: 'Links at most' }),
    entries: z.enum(['all', 'evidence']).default('all').meta({ title: 'Entries', help: 'evidence: without reads of nothing sensitive' }),
  }),
  output: z.object({
    items: z.array(
      z.object({
        seq: z.int().meta({ help: 'Number in the chain of the tenant' }),
        hash: z.string().meta({ help: 'The link, in hex' }),
        entry: z.record(z.string(), z.unknown()).meta({ help: 'Every field as it was sealed' }),
      }),
    ),
    nextCursor: z.string().meta({ help: 'Go on after it, at once when `more` is true' }),
    more: z.boolean(),
    gone: z.int().meta({ help: 'Entries of this stretch that retention had let go before they were asked for' }),
  }),
  targets: 'none',
  async run(ctx, { cursor, limit, entries: wanted }) {
    const { entries, through, trimmed, missing, head } = await readAfter(ctx.db, ctx.tenantId, numberOf(cursor), limit, wanted);
    return { items: entries, nextCursor: String(through), more: through < head, gone: trimmed + missing.length };
  },
});
