import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { connectionTarget, connectionView, findConnection, Sealing, storedCredential } from '../connection-rows.ts';
import { oneConnection } from '../connection-use.ts';
import { linkSecrets, namesSecrets, referencesIn, renameUser } from '../credentials.ts';
import { Connection, connectionName, environmentName, id, syncMinutes } from '../schemas.ts';
import { requireSeen } from '../server-rows.ts';
import { connections } from '../tables.ts';

/** In another environment the same name may stand for another secret. */
const isMoved = (wish: { environment?: string | null | undefined }, row: { environment: string | null }): boolean =>
  wish.environment !== undefined && wish.environment !== row.environment;

const FIELDS = ['name', 'environment', 'syncMinutes'] as const;

export const cloudsUpdate = defineOperation({
  name: 'clouds.update',
  summary: 'Change the name, default environment or interval of a connection',
  permission: 'clouds:update',
  risk: 'write',
  route: { method: 'PATCH', path: '/cloud-providers/{id}' },
  input: z.object({ id, name: connectionName.optional(), environment: environmentName.nullable().optional(), syncMinutes: syncMinutes.optional() }),
  output: Connection,
  async targets(ctx, wish) {
    const row = await oneConnection(ctx, wish.id);
    return [connectionTarget(row), ...(isMoved(wish, row) ? [{ ...connectionTarget(row), environment: wish.environment }] : [])];
  },
  async plan(ctx, wish) {
    const row = await oneConnection(ctx, wish.id);
    requireSeen(row, ctx);
    if (namesSecrets(row) && isMoved(wish, row)) {
      const credential = await storedCredential(ctx, ctx.provider(Sealing), row);
      await ctx.provider(SecretReferences).check(ctx, referencesIn(credential, wish.environment ?? null));
    }
    const fields = FIELDS.filter((field) => wish[field] !== undefined && wish[field] !== row[field]).map((path) => ({
      path,
      before: row[path],
      after: wish[path] ?? null,
    }));
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of connection ${row.name}`,
      changes: [{ action: 'update', type: 'cloud', id: row.id, name: row.name, fields }],
      observed: { [`cloud:${row.id}`]: String(row.version) },
      reversible: 'Change it back.',
    };
  },
  async run(ctx, { id: connection, ...wish }) {
    const row = await findConnection(ctx, connection, true);
    requireSeen(row, ctx);
    const patch = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
    const [after] = await ctx.db
      .update(connections)
      .set({ ...patch, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(connections.tenantId, ctx.tenantId), eq(connections.id, row.id)))
      .returning()
      .catch((error: unknown) => {
        if (isUniqueViolation(error, 'cloud_connections_name'))
          throw new Problem('name-conflict', `There is a connection "${wish.name}" already. Choose another name.`, { taken: [wish.name] });
        throw error;
      });
    if (namesSecrets(row)) {
      if (isMoved(wish, row)) await linkSecrets(ctx, after!, await storedCredential(ctx, ctx.provider(Sealing), row), true);
      else if (wish.name !== undefined) await renameUser(ctx, after!);
    }
    ctx.emit('cloud.updated', { id: row.id, name: after!.name, fields: Object.keys(patch) });
    return connectionView(after!);
  },
});
