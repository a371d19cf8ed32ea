import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { PolicySetDetail, SetId } from '../schemas.ts';
import { findSet, setTarget } from '../store.ts';
import { setDetail } from '../views.ts';

export const policiesGet = defineOperation({
  name: 'policies.get',
  summary: 'Show a policy set with its newest and its active version',
  permission: 'policies:read',
  risk: 'read',
  input: z.object({ id: SetId }),
  output: PolicySetDetail,
  targets: setTarget,
  run: async (ctx, { id }) => setDetail(ctx, await findSet(ctx, id)),
});
