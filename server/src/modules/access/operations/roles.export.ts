import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findRole } from '../granting.ts';
import { RoleDocument } from '../role-document.ts';
import { draftOf } from '../role-draft.ts';

export const rolesExport = defineOperation({
  name: 'roles.export',
  summary: 'Write roles into a document',
  description: 'For `roles.import`, here or in another tenant. A system role is exported as a role of one’s own with level 2 at best.',
  permission: 'roles:read',
  risk: 'read',
  route: { method: 'POST', path: '/roles/export' },
  input: z.object({ ids: z.array(z.uuid()).min(1).max(100).meta({ title: 'Roles' }) }),
  output: z.object({ document: RoleDocument }),
  targets: (ctx, { ids }) => Promise.all(ids.map(async (id) => ({ type: 'role', id, name: (await findRole(ctx, id)).key }))),
  async run(ctx, { ids }) {
    const rows = await Promise.all([...new Set(ids)].map((id) => findRole(ctx, id)));
    const roles = rows.map((row) => ({ ...draftOf(row), level: Math.max(2, row.level) }));
    return { document: { format: 'switchyard/roles' as const, version: 1 as const, roles } };
  },
});
