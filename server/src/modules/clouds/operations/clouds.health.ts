import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { healthRead } from '../reads.ts';
import { Check, id } from '../schemas.ts';

export const cloudsHealth = defineOperation({
  name: 'clouds.health',
  summary: 'Show whether a connection answers',
  description:
    'Asked at most every five minutes, however many look, and at once after a Change of the connection. `checkedAt` says when it last answered; what is wrong is in `problem`.',
  permission: 'clouds:read',
  risk: 'read',
  route: { method: 'GET', path: '/cloud-providers/{id}/health' },
  input: z.object({ id }),
  output: z.object({
    ok: z.boolean(),
    /** Account or server behind it, when it last answered. */
    identity: z.string().nullable(),
    /** When it last answered; null when it has not within a day. */
    checkedAt: z.string().nullable(),
    ageSeconds: z.int().nullable(),
    checks: z.array(Check),
    problem: z.object({ slug: z.string(), detail: z.string() }).nullable(),
  }),
  targets: connectionTargets,
  async run(ctx, input) {
    const row = await oneConnection(ctx, input.id);
    try {
      const { value, readAt, stale } = await healthRead(ctx, row);
      const problem = stale ? { slug: 'provider-unavailable', detail: 'It answered when it was last asked, and does not answer now.' } : null;
      const ageSeconds = Math.max(0, Math.floor((Date.now() - readAt.getTime()) / 1_000));
      return { ok: !stale, identity: value.identity, checkedAt: readAt.toISOString(), ageSeconds, checks: value.checks, problem };
    } catch (error) {
      if (!(error instanceof Problem) || error.slug === 'cloud-not-found') throw error;
      const problem = { slug: error.slug, detail: error.message };
      return { ok: false, identity: row.identity, checkedAt: null, ageSeconds: null, checks: [], problem };
    }
  },
});
