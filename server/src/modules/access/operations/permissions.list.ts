import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Catalogue } from '../providers/port.ts';
import { riskWithin } from '../rules.ts';
import { Risk } from '../schemas.ts';

const Permission = z.object({
  permission: z.string(),
  resource: z.string(),
  action: z.string(),
  risk: Risk.meta({ help: 'The highest of its operations' }),
  operations: z.array(z.object({ name: z.string(), summary: z.string(), risk: Risk })),
});

export const permissionsList = defineOperation({
  name: 'permissions.list',
  summary: 'List every permission and the operations that need it',
  permission: 'roles:read',
  risk: 'read',
  input: z.object({
    resource: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Resource', examples: ['servers'] }),
  }),
  output: z.object({ items: z.array(Permission), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx, { resource: only }) {
    const operations = [...ctx.provider(Catalogue).operations.values()].filter((operation) => operation.access !== 'public');
    const grouped = Map.groupBy(operations, (operation) => operation.permission);
    const items = [...grouped].map(([permission, needing]) => {
      const [resource = '', action = ''] = permission.split(':');
      const risk = needing.map((operation) => operation.risk).reduce((highest, one) => (riskWithin(one, highest) ? highest : one));
      return { permission, resource, action, risk, operations: needing.map(({ name, summary, risk: own }) => ({ name, summary, risk: own })) };
    });
    const wanted = items.filter((item) => only === undefined || item.resource === only);
    return { items: wanted.sort((a, b) => (a.permission < b.permission ? -1 : 1)), nextCursor: null };
  },
});
