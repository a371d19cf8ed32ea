import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { SetId, VersionDetail, VersionNumber } from '../schemas.ts';
import { findSet, setTarget } from '../store.ts';
import { versionDetail } from '../views.ts';

export const policiesVersionsGet = defineOperation({
  name: 'policies.versions.get',
  summary: 'Show one version of a policy set',
  permission: 'policies:read',
  risk: 'read',
  route: { method: 'GET', path: '/policies/{id}/versions/{number}' },
  input: z.object({ id: SetId, number: VersionNumber }),
  output: VersionDetail,
  targets: setTarget,
  run: async (ctx, { id, number }) => versionDetail(ctx, await findSet(ctx, id), number),
});
