import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Boundary, findBoundary } from '../boundary.ts';

export const permissionBoundaryGet = defineOperation({
  name: 'permissionBoundary.get',
  summary: 'Show the most that any role of this tenant may hold',
  permission: 'roles:read',
  risk: 'read',
  route: { method: 'GET', path: '/permission-boundary' },
  input: z.object({}),
  output: Boundary,
  targets: 'none',
  run: (ctx) => findBoundary(ctx),
});
