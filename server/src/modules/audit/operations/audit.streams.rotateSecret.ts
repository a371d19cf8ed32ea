import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Streaming } from '../streams/port.ts';
import { FreshStream, id } from '../streams/schemas.ts';
import { findStream, newSecret, sealSecret, streamTarget, streamView } from '../streams/store.ts';
import { streams } from '../streams/tables.ts';

export const auditStreamsRotateSecret = defineOperation({
  name: 'audit.streams.rotateSecret',
  summary: 'Make a new secret for the messages of a stream',
  description: 'It signs from the next message on, and is in this answer and never shown again.',
  permission: 'audit:stream',
  risk: 'write',
  hiddenFrom: ['mcp'],
  route: { method: 'POST', path: '/audit/streams/{id}/rotate-secret' },
  input: z.object({ id }),
  output: FreshStream,
  targets: async (ctx, { id: stream }) => streamTarget(await findStream(ctx, stream)),
  async plan(ctx, { id: stream }) {
    const { name, version } = await findStream(ctx, stream);
    return {
      summary: `Make a new secret for the stream ${name}`,
      changes: [{ action: 'update', type: 'auditStream', id: stream, name }],
      warnings: ['The receiver refuses what comes until it knows the new secret; nothing is lost by that.'],
      observed: { [`auditStream:${stream}`]: String(version) },
    };
  },
  async run(ctx, { id: stream }) {
    const row = await findStream(ctx, stream, true);
    if (row.kind !== 'webhook') throw new Problem('validation-failed', 'Syslog is not signed, so there is no secret to make anew.');
    const secret = newSecret();
    const secretSealed = await sealSecret(ctx.db, ctx.provider(Streaming).sealer, row, secret);
    const [saved] = await ctx.db
      .update(streams)
      .set({ secretSealed, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(streams.tenantId, ctx.tenantId), eq(streams.id, stream)))
      .returning();
    ctx.emit('audit.stream_updated', { streamId: stream, name: row.name, fields: ['secret'] });
    return { ...(await streamView(ctx, saved!)), secret };
  },
});
