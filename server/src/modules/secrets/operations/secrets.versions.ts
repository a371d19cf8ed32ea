import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { oneSecret, secretTarget } from '../rows.ts';
import { id, SecretVersion } from '../schemas.ts';
import { secretVersions } from '../tables.ts';

export const secretsVersions = defineOperation({
  name: 'secrets.versions',
  summary: 'List the versions of a secret',
  description: 'The newest first: when each value was set and by whom, never the value.',
  permission: 'secrets:read',
  risk: 'read',
  route: { method: 'GET', path: '/secrets/{id}/versions' },
  input: z.object({ id, ...pageInput }),
  output: pageOf(SecretVersion),
  targets: async (ctx, input) => [secretTarget(await oneSecret(ctx, input.id))],
  async run(ctx, { id: secret, cursor, limit }) {
    const row = await oneSecret(ctx, secret);
    const after = decodeCursor(cursor, 1);
    const mine = and(eq(secretVersions.tenantId, ctx.tenantId), eq(secretVersions.secretId, row.id));
    const found = await ctx.db
      .select()
      .from(secretVersions)
      .where(and(mine, after ? lt(secretVersions.number, Number(after[0])) : undefined))
      .orderBy(desc(secretVersions.number))
      .limit(limit + 1);
    return toPage(
      found,
      limit,
      ({ number }) => [number],
      ({ number, bytes, generated, restoredFrom, changeId, createdBy, createdByName, createdAt }) => ({
        number,
        current: number === row.currentVersion,
        bytes,
        generated,
        restoredFrom,
        createdBy: { id: createdBy, name: createdByName },
        changeId,
        createdAt: createdAt.toISOString(),
      }),
    );
  },
});
