import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { connectionView, findConnection, sealedPlace, Sealing } from '../connection-rows.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { hintOf, linkSecrets, namesSecrets, triedValues } from '../credentials.ts';
import { Connection, CredentialInput, id } from '../schemas.ts';
import { connections } from '../tables.ts';
import { credentialOf, requireValid, tryOut, type Trial } from '../validation.ts';

const input = z.object({ id, credential: CredentialInput });

/** The new credential must work, and belong to the same account: what is managed there must stay reachable. */
const trialOf = (ctx: ReadContext, wish: z.output<typeof input>): Promise<Trial> =>
  ctx.once('trial', async () => {
    const row = await oneConnection(ctx, wish.id);
    const credential = credentialOf(row.kind, wish.credential);
    if (!credential) throw new Problem('capability-unsupported', `Connections of kind ${row.kind} have no credential.`);
    const values = await triedValues(ctx, 'clouds.rotate', credential, row);
    const trial = requireValid(await tryOut(ctx, { kind: row.kind, config: row.config, credential: values, connectionId: null }));
    if (row.identity !== null && trial.identity !== row.identity) {
      throw new Problem(
        'provider-identity-mismatch',
        `The new credential belongs to ${trial.identity ?? 'an unknown account'} and "${row.name}" to ${row.identity}. The old one stays in use.`,
      );
    }
    return trial;
  });

export const cloudsRotate = defineOperation({
  name: 'clouds.rotate',
  summary: 'Replace the credential of a connection',
  description: 'The new one is tried first; if it does not work or belongs to another account, the old one stays in use.',
  permission: 'clouds:update',
  risk: 'write',
  route: { method: 'POST', path: '/cloud-providers/{id}/rotate' },
  input,
  output: Connection,
  targets: connectionTargets,
  async plan(ctx, wish) {
    const row = await oneConnection(ctx, wish.id);
    const trial = await trialOf(ctx, wish);
    return {
      summary: `Replace the credential of ${row.name}`,
      changes: [
        {
          action: 'update',
          type: 'cloud',
          id: row.id,
          name: row.name,
          fields: [{ path: 'credential', before: row.credentialHint, after: 'a new one' }],
        },
      ],
      observed: { [`cloud:${row.id}`]: String(row.version) },
      warnings: trial.warnings,
    };
  },
  async run(ctx, wish) {
    await trialOf(ctx, wish);
    const row = await findConnection(ctx, wish.id, true);
    const credential = credentialOf(row.kind, wish.credential)!;
    await linkSecrets(ctx, row, credential, namesSecrets(row));
    const [after] = await ctx.db
      .update(connections)
      .set({
        credential: await ctx.provider(Sealing).seal(ctx.db, sealedPlace(ctx.tenantId, row.id), JSON.stringify(credential)),
        credentialHint: hintOf(credential),
        credentialSetAt: ctx.now(),
        version: row.version + 1,
        updatedAt: ctx.now(),
        ...(row.status === 'auth_failed' ? { status: 'active' as const, statusReason: null, refusedAt: null } : {}),
      })
      .where(and(eq(connections.tenantId, ctx.tenantId), eq(connections.id, row.id)))
      .returning();
    ctx.emit('cloud.rotated', { id: row.id, name: row.name });
    return connectionView(after!);
  },
});
