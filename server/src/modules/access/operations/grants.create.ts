import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { GrantFields, memberTarget, planCreate, Reason, runCreate } from '../grant-writes.ts';
import { Grant } from '../schemas.ts';

export const grantsCreate = defineOperation({
  name: 'grants.create',
  summary: 'Give a person a role',
  description:
    'Nobody gives what they do not hold themselves, with at least the same Scope and for at least as long, and nobody gives to themselves. Ownership changes hands by transfer only.',
  permission: 'grants:write',
  risk: 'high',
  input: z.object({ subjectId: z.uuid().meta({ title: 'Person', widget: 'member' }), ...GrantFields, reason: Reason }),
  output: Grant,
  targets: (ctx, { subjectId }) => memberTarget(ctx, subjectId),
  plan: planCreate,
  run: runCreate,
});
