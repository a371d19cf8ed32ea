import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { executionTargets } from '../find.ts';
import { opened } from '../opening.ts';
import { Blobs } from '../port.ts';
import { ExecutionId } from '../schemas.ts';

export const executionsBlobsGet = defineOperation({
  name: 'executions.blobs.get',
  summary: 'Download a file or a large value of an execution',
  description: 'Of your own executions, or of others with executions:data.',
  permission: 'executions:read',
  risk: 'read',
  sensitive: true,
  download: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/executions/{id}/blobs/{blobId}' },
  input: z.object({ id: ExecutionId, blobId: z.uuid().meta({ title: 'File' }) }),
  output: z.object({ filename: z.string(), mediaType: z.string(), encoding: z.literal('base64'), content: z.string() }),
  targets: executionTargets,
  async run(ctx, { id, blobId }) {
    const { state } = await opened(ctx, id, 'must');
    if (state === 'erased') throw new Problem('not-found', 'The files of this execution are no longer kept.');
    const { name, mime, bytes } = await ctx.provider(Blobs).read(ctx.db, { tenantId: ctx.tenantId, executionId: id, id: blobId });
    return { filename: name, mediaType: mime, encoding: 'base64' as const, content: Buffer.from(bytes).toString('base64') };
  },
});
