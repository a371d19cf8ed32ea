import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { isUniqueViolation } from '#kernel/database.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { connectionTarget, connectionView, findConnection } from '../connection-rows.ts';
import { oneConnection } from '../connection-use.ts';
import { Connection, connectionName, environmentName, id, syncMinutes } from '../schemas.ts';
import { requireSeen } from '../server-rows.ts';
import { connections } from '../tables.ts';

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
    const moved = wish.environment !== undefined && wish.environment !== row.environment;
    return [connectionTarget(row), ...(moved ? [{ ...connectionTarget(row), environment: wish.environment }] : [])];
  },
  async plan(ctx, wish) {
    const row = await oneConnection(ctx, wish.id);
    requireSeen(row, ctx);
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
    ctx.emit('cloud.updated', { id: row.id, name: after!.name, fields: Object.keys(patch) });
    return connectionView(after!);
  },
});
