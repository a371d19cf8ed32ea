import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findRole } from '../granting.ts';
import { roleDetails } from '../role-view.ts';
import { RoleDetail } from '../schemas.ts';

/** `?ids=a,b` as well as `?ids=a&ids=b`. */
const idsOf = (texts: readonly string[]): string[] => {
  const ids = [...new Set(texts.flatMap((text) => text.split(',')).filter(Boolean))];
  if (ids.length >= 2 && ids.length <= 10 && ids.every((id) => z.uuid().safeParse(id).success)) return ids;
  const message = 'Between two and ten ids of different roles';
  throw new Problem('validation-failed', `roles.compare: /ids: ${message}.`, { errors: [{ pointer: '/ids', message }] });
};
const rowsOf = (ctx: ReadContext, ids: readonly string[]) => Promise.all(idsOf(ids).map((id) => findRole(ctx, id)));

export const rolesCompare = defineOperation({
  name: 'roles.compare',
  summary: 'Compare roles, permission by permission',
  permission: 'roles:read',
  risk: 'read',
  route: { method: 'GET', path: '/roles/compare' },
  input: z.object({
    ids: z.array(z.string().max(400)).min(1).max(10).meta({ title: 'Roles', help: 'Two to ten' }),
  }),
  output: z.object({
    roles: z.array(RoleDetail),
    permissions: z.array(
      z.object({ permission: z.string(), roles: z.array(z.string()).meta({ help: 'Keys of those that hold it' }), differs: z.boolean() }),
    ),
  }),
  targets: async (ctx, { ids }) => (await rowsOf(ctx, ids)).map(({ id, key }) => ({ type: 'role', id, name: key })),
  async run(ctx, { ids }) {
    const roles = await roleDetails(ctx, await rowsOf(ctx, ids));
    const all = [...new Set(roles.flatMap((role) => role.permissions))].sort();
    const permissions = all.map((permission) => {
      const holding = roles.filter((role) => role.permissions.includes(permission)).map((role) => role.key);
      return { permission, roles: holding, differs: holding.length !== roles.length };
    });
    return { roles, permissions };
  },
});
