import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { permissionCatalogue } from '../catalogue.ts';
import { Catalogue } from '../providers/port.ts';
import { Risk } from '../schemas.ts';

const Permission = z.object({
  key: z.string(),
  title: z.string(),
  category: z.string(),
  risk: Risk.meta({ help: 'The highest of its operations' }),
  critical: z.boolean().meta({ help: 'Asks for the name to be typed, and for a fresh proof' }),
  stepUp: z.int().nullable().meta({ help: 'Seconds within which a session must have been proven' }),
  operations: z.array(z.string()),
  contractKeys: z.array(z.string()).meta({ help: 'What the permission was called before' }),
});

export const permissionsList = defineOperation({
  name: 'permissions.list',
  summary: 'List every permission and the operations that need it',
  description: 'Made from what the operations declare: there is no permission that nothing checks.',
  permission: 'roles:read',
  risk: 'read',
  input: z.object({
    resource: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Resource', examples: ['servers'] }),
    group: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Category', examples: ['DNS'] }),
  }),
  output: z.object({ items: z.array(Permission), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx, { resource, group }) {
    const items = permissionCatalogue(ctx.provider(Catalogue)).filter(
      (one) => (resource === undefined || one.key.startsWith(`${resource}:`)) && (group === undefined || one.category === group),
    );
    return { items, nextCursor: null };
  },
});
