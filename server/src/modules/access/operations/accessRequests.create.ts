import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Scope } from '#kernel/scope.ts';
import { askForAccess } from '../requests/ask.ts';
import { TIMES } from '../requests/rules.ts';
import { AccessRequest, Minutes } from '../requests/schemas.ts';

export const accessRequestsCreate = defineOperation({
  name: 'accessRequests.create',
  summary: 'Ask for access for some hours',
  description: 'A role, or the least powerful role that holds a permission, over a Scope. Somebody who could give it agrees; it ends by itself.',
  permission: 'accessRequests:create',
  access: 'self',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    roleId: z.uuid().optional().meta({ title: 'Role', widget: 'role' }),
    permission: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Permission', help: 'In place of a role', examples: ['servers:delete'] }),
    scope: Scope.meta({ title: 'Scope', widget: 'scope' }),
    minutes: Minutes.default(TIMES.usual),
    startAt: z.iso.datetime({ offset: true }).optional().meta({ title: 'From', help: 'As soon as it is agreed to, when left out' }),
    reason: z.string().trim().min(5).max(500).meta({ title: 'Reason' }),
  }),
  output: AccessRequest,
  targets: 'none',
  run: askForAccess,
});
