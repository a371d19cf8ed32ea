import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Archives } from '../port.ts';

export const secretsExportsDownload = defineOperation({
  name: 'secrets.exports.download',
  summary: 'Fetch an encrypted file of secrets',
  description: 'Once, within five minutes, and by whoever asked for the export. If it does not arrive, export again.',
  permission: 'secrets:export',
  risk: 'read',
  sensitive: true,
  download: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/secrets/exports/{id}/file' },
  input: z.object({ id: z.uuid().meta({ title: 'Export' }) }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.string(), encoding: z.literal('base64') }),
  targets: 'none',
  async run(ctx, { id }) {
    const { filename, archive } = await ctx.provider(Archives).take(ctx.actor, id);
    return { filename, mediaType: 'application/zip', content: archive.toString('base64'), encoding: 'base64' as const };
  },
});
