import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { holdersOf } from '../holders.ts';
import { Catalogue, People } from '../providers/port.ts';

const Holder = z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.string(), grantId: z.uuid() });

export const accessWhoCan = defineOperation({
  name: 'access.whoCan',
  summary: 'List who may call an operation',
  description: 'Active people of whom one grant alone allows it, on the target if one is given.',
  permission: 'grants:read',
  risk: 'read',
  input: z.object({
    operation: z
      .string()
      .max(100)
      .meta({ title: 'Operation', examples: ['servers.create'] }),
    targetType: z
      .string()
      .max(50)
      .optional()
      .meta({ title: 'Type of the target', examples: ['server'] }),
    targetId: z.string().max(200).optional().meta({ title: 'Target' }),
    environment: z.string().max(50).optional().meta({ title: 'Environment of the target' }),
    ...pageInput,
  }),
  output: pageOf(Holder),
  targets: 'filter',
  async run(ctx, { operation, targetType, targetId = '', environment, cursor, limit }) {
    const wanted = ctx.provider(Catalogue).operations.get(operation);
    if (!wanted) throw new Problem('not-found', `There is no operation "${operation}". permissions.list names them all.`);
    if (wanted.access)
      throw new Problem('validation-failed', `${operation} needs no permission: everybody may call it for themselves.`, {
        errors: [{ pointer: '/operation', message: 'Needs no permission' }],
      });
    const after = decodeCursor(cursor, 1)?.[0];
    if (after !== undefined && !isUuid(String(after)))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const targets = targetType ? [{ type: targetType, id: targetId, environment }] : [];
    const found = await holdersOf(ctx.db, ctx.provider(People), {
      tenantId: ctx.tenantId,
      wanted,
      targets,
      at: ctx.now(),
      after: after === undefined ? undefined : String(after),
      limit: limit + 1,
    });
    const { items, nextCursor } = toPage(found, limit, (row) => [row.id], ({ id, name, email, role, grantId }) => ({ id, name, email, role, grantId })); // prettier-ignore
    return { items: items.filter(({ id }) => coveringGrant(ctx.reach, [{ type: 'member', id }]) !== undefined), nextCursor };
  },
});
