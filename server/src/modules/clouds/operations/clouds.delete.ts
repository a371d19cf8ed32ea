import { z } from 'zod';
import { sqlError } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findConnection } from '../connection-rows.ts';
import { unlinkSecrets } from '../credentials.ts';
import { connectionTargets, oneConnection, requireQuiet, serversOn } from '../connection-use.ts';
import { id } from '../schemas.ts';
import { connections, type ConnectionRow } from '../tables.ts';

const inUse = (row: ConnectionRow, dependants: string[]): Problem =>
  new Problem(
    'resource-in-use',
    `"${row.name}" has managed resources: ${dependants.join(', ')}. Delete them first, or use mode=forget: they then go on running, unmanaged.`,
    { dependants },
  );

export const cloudsDelete = defineOperation({
  name: 'clouds.delete',
  summary: 'Disconnect a cloud',
  description:
    'Refused while servers are managed through it, unless `mode` is `forget`: then they go on at the provider and are no longer known here. Nothing is destroyed there. The credential is deleted.',
  permission: 'clouds:delete',
  risk: 'high',
  route: { method: 'DELETE', path: '/cloud-providers/{id}' },
  input: z.object({
    id,
    mode: z
      .enum(['refuse', 'forget'])
      .default('refuse')
      .meta({ title: 'Managed servers', help: '`forget` leaves them running and forgets them here' }),
  }),
  output: z.object({ id: z.string(), forgotten: z.array(z.string()) }),
  targets: connectionTargets,
  async plan(ctx, { id: connection, mode }) {
    const row = await oneConnection(ctx, connection);
    const managed = await serversOn(ctx, row.id, 1_000);
    if (managed.length > 0 && mode === 'refuse') throw inUse(row, managed.slice(0, 20).map(({ name }) => name)); // prettier-ignore
    await requireQuiet(ctx, row);
    return {
      summary: managed.length > 0 ? `Disconnect ${row.name} and forget ${managed.length} server(s)` : `Disconnect ${row.name}`,
      changes: [
        { action: 'delete', type: 'cloud', id: row.id, name: row.name },
        ...managed.map(({ id: server, name, status }) => ({
          action: 'update' as const,
          type: 'server',
          id: server,
          name,
          fields: [{ path: 'managed', before: status, after: 'not known here' }],
        })),
      ],
      dataLoss: managed.length > 0 ? 'What is known here of the servers, and the credential. Nothing at the provider.' : 'The credential.',
      observed: { [`cloud:${row.id}`]: String(row.version) },
      warnings: managed.length > 0 ? [`${managed.length} server(s) go on running and costing at the provider.`] : [],
      facts: { affected: managed.length },
    };
  },
  async run(ctx, { id: connection, mode }) {
    const row = await findConnection(ctx, connection, true);
    const managed = await serversOn(ctx, row.id, 1_000);
    if (managed.length > 0 && mode === 'refuse') throw inUse(row, managed.map(({ name }) => name)); // prettier-ignore
    await requireQuiet(ctx, row);
    await ctx.db
      .delete(connections)
      .where(and(eq(connections.tenantId, ctx.tenantId), eq(connections.id, row.id)))
      .catch((error: unknown) => {
        const refused = sqlError(error);
        if (refused?.code === '23503') throw inUse(row, [`rows of ${refused.constraint ?? 'another module'}`]);
        throw error;
      });
    await unlinkSecrets(ctx, row);
    ctx.emit('cloud.deleted', { id: row.id, name: row.name, forgotten: managed.map(({ id: server }) => server) });
    return { id: row.id, forgotten: managed.map(({ name }) => name) };
  },
});
