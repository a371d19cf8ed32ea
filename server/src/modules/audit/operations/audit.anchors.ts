import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { anchors } from '../tables.ts';

const Anchor = z.object({
  seq: z.int(),
  hash: z.string().meta({ help: 'Link of that number, in hex' }),
  at: z.iso.datetime(),
  previous: z.string().meta({ help: 'SHA-256 of the signature of the anchor before' }),
  keyId: z.string(),
  signature: z.string().meta({ help: 'Ed25519, base64url; of the canonical JSON that the guide describes' }),
});

export const auditAnchors = defineOperation({
  name: 'audit.anchors',
  summary: 'List the signed heads of the audit chain',
  description:
    'Newest first. Keep copies where nobody who administers the database can reach: they prove that nothing before them was rewritten. The public key is at `/.well-known/switchyard-audit-keys.json`.',
  permission: 'audit:read',
  risk: 'read',
  route: { method: 'GET', path: '/audit/anchors' },
  input: z.object(pageInput),
  output: pageOf(Anchor),
  targets: 'none',
  async run(ctx, { cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    const older = before === undefined ? undefined : lt(anchors.seq, Number(before));
    const rows = await ctx.db.select().from(anchors).where(and(eq(anchors.tenantId, ctx.tenantId), older)).orderBy(desc(anchors.seq)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ seq }) => [seq], ({ seq, hash, at, previous, keyId, signature }) => ({ seq, hash: hash.toString('hex'), at: at.toISOString(), previous, keyId, signature })); // prettier-ignore
  },
});
