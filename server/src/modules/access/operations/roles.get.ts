import { and, countDistinct, eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findRole } from '../granting.ts';
import { matchesAny } from '../patterns.ts';
import { Catalogue } from '../providers/port.ts';
import { unended } from '../rights.ts';
import { permissionsOf } from '../roles.ts';
import { Role, role } from '../schemas.ts';
import { grants } from '../tables.ts';

export const rolesGet = defineOperation({
  name: 'roles.get',
  summary: 'Show a role with all permissions its patterns hold',
  permission: 'roles:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: Role.extend({ permissions: z.array(z.string()) }),
  targets: async (ctx, { id }) => [{ type: 'role', id, name: (await findRole(ctx, id)).key }],
  async run(ctx, { id }) {
    const row = await findRole(ctx, id);
    const [held] = await ctx.db.select({ people: countDistinct(grants.subjectId) }).from(grants).where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.roleId, id), unended(ctx.now()))); // prettier-ignore
    const permissions = permissionsOf(ctx.provider(Catalogue)).filter((permission) => matchesAny(row.patterns, permission));
    return { ...role(row, held?.people ?? 0), permissions };
  },
});
