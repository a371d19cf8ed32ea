import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { connectionTargets } from '../connection-use.ts';
import { listFindings } from '../finding-list.ts';
import { Finding, id } from '../schemas.ts';

export const cloudsUnmanaged = defineOperation({
  name: 'clouds.unmanaged',
  summary: 'List what exists at the provider but is not managed here',
  description: 'As the last complete pass saw it; `clouds.sync` makes it fresh.',
  permission: 'clouds:read',
  risk: 'read',
  route: { method: 'GET', path: '/cloud-providers/{id}/unmanaged' },
  input: z.object({ id, ...pageInput }),
  output: pageOf(Finding),
  targets: connectionTargets,
  run: (ctx, { id: connectionId, cursor, limit }) =>
    listFindings(
      { ...ctx, reach: [{ grantId: 'connection', scope: { all: true } }] },
      { cursor, limit, connectionId, statuses: ['open', 'ignored'], kinds: ['unmanaged', 'orphan', 'duplicate'] },
    ),
});
