import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { listGrants } from '../grant-lists.ts';
import { Grant } from '../schemas.ts';

export const grantsList = defineOperation({
  name: 'grants.list',
  summary: 'List who holds which role with which Scope',
  description: 'Grants that are in force or still to begin; ended and revoked ones are in the audit trail.',
  permission: 'grants:read',
  risk: 'read',
  input: z.object({
    subjectId: z.uuid().optional().meta({ title: 'Person' }),
    roleId: z.uuid().optional().meta({ title: 'Role' }),
    ...pageInput,
  }),
  output: pageOf(Grant),
  targets: 'filter',
  run: listGrants,
});
