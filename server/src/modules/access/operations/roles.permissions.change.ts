import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Draft } from '../role-draft.ts';
import { planEdit, roleTarget, runEdit, type Editor } from '../role-edit.ts';
import { RoleDetail } from '../schemas.ts';

const Patterns = Draft.shape.patterns.unwrap();

const editorFor =
  ({ add, remove }: { add: string[]; remove: string[] }): Editor =>
  ({ patterns }) => {
    const left = [...patterns.filter((pattern) => !remove.includes(pattern)), ...add];
    if (left.length === 0)
      throw new Problem('validation-failed', 'A role holds at least one permission. Delete the role instead.', {
        errors: [{ pointer: '/remove', message: 'Leaves nothing' }],
      });
    return { patterns: Draft.shape.patterns.parse(left) };
  };

export const rolesPermissionsChange = defineOperation({
  name: 'roles.permissions.change',
  summary: 'Add permissions to a role and take some from it',
  permission: 'roles:write',
  risk: 'high',
  route: { method: 'POST', path: '/roles/{id}/permissions' },
  input: z.object({
    id: z.uuid(),
    add: z.array(Patterns).max(200).default([]).meta({ title: 'Add' }),
    remove: z.array(z.string().max(100)).max(200).default([]).meta({ title: 'Take away' }),
  }),
  output: RoleDetail,
  targets: roleTarget,
  plan: (ctx, { id, ...change }) => planEdit(ctx, id, editorFor(change)),
  run: (ctx, { id, ...change }) => runEdit(ctx, id, editorFor(change)),
});
