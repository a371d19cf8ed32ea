import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { id } from '../streams/schemas.ts';
import { findStream, streamTarget } from '../streams/store.ts';
import { streams } from '../streams/tables.ts';

export const auditStreamsDelete = defineOperation({
  name: 'audit.streams.delete',
  summary: 'Send the audit trail there no more',
  description: 'The trail itself stays as it is.',
  permission: 'audit:stream',
  risk: 'high',
  route: { method: 'DELETE', path: '/audit/streams/{id}' },
  input: z.object({ id }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id: stream }) => streamTarget(await findStream(ctx, stream)),
  async plan(ctx, { id: stream }) {
    const { name, version } = await findStream(ctx, stream);
    return {
      summary: `Send the audit trail to ${name} no more`,
      changes: [{ action: 'delete', type: 'auditStream', id: stream, name }],
      dataLoss: 'How far it has come, and the secret that signs its messages.',
      observed: { [`auditStream:${stream}`]: String(version) },
    };
  },
  async run(ctx, { id: stream }) {
    const { name } = await findStream(ctx, stream, true);
    await ctx.db.delete(streams).where(and(eq(streams.tenantId, ctx.tenantId), eq(streams.id, stream)));
    ctx.emit('audit.stream_deleted', { streamId: stream, name });
    return { id: stream };
  },
});
