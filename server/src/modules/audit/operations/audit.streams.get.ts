import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { id, Stream } from '../streams/schemas.ts';
import { findStream, streamView } from '../streams/store.ts';

export const auditStreamsGet = defineOperation({
  name: 'audit.streams.get',
  summary: 'Show where one stream of the audit trail leads, and how far it has come',
  permission: 'audit:read',
  risk: 'read',
  route: { method: 'GET', path: '/audit/streams/{id}' },
  input: z.object({ id }),
  output: Stream,
  targets: 'none',
  run: async (ctx, { id: stream }) => streamView(ctx, await findStream(ctx, stream)),
});
