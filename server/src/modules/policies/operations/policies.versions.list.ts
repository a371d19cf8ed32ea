import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { SetId, VersionView, versionView } from '../schemas.ts';
import { findSet, setTarget } from '../store.ts';
import { versionRows } from '../views.ts';

export const policiesVersionsList = defineOperation({
  name: 'policies.versions.list',
  summary: 'List the versions of a policy set',
  permission: 'policies:read',
  risk: 'read',
  route: { method: 'GET', path: '/policies/{id}/versions' },
  input: z.object({ id: SetId }),
  output: z.object({ items: z.array(VersionView) }),
  targets: setTarget,
  async run(ctx, { id }) {
    const set = await findSet(ctx, id);
    return { items: (await versionRows(ctx, id)).map((row) => versionView(row, set, ctx.now())) };
  },
});
