import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { Catalogue } from '../providers/port.ts';
import { RoleDocument } from '../role-document.ts';
import { draftOf, fieldsOf, tidied, type Draft } from '../role-draft.ts';
import { editPlan, requireEditable } from '../role-impact.ts';
import { requireKnown, requireOwn, requireSavable } from '../role-rules.ts';
import { roleDetails } from '../role-view.ts';
import { insertRole, requireRoom, updateRole } from '../role-writes.ts';
import { permissionsOf } from '../roles.ts';
import { RoleDetail } from '../schemas.ts';
import { roles, type RoleRow } from '../tables.ts';

const input = z.object({
  document: RoleDocument.meta({ title: 'Document', help: 'As `roles.export` wrote it', widget: 'json' }),
  replace: z.boolean().default(false).meta({ title: 'Replace', help: 'Roles of the tenant’s own with the same key become what the document says' }),
});

interface Step {
  draft: Draft;
  row: RoleRow | undefined;
}

/** Every unknown permission of every role at once, so that one dry run tells them all. */
function requireAllKnown(ctx: ReadContext, drafts: readonly Draft[]): void {
  const places = drafts.flatMap((draft, role) =>
    draft.patterns.map((pattern, index) => ({ pattern, pointer: `/document/roles/${role}/patterns/${index}` })),
  );
  requireKnown(permissionsOf(ctx.provider(Catalogue)), places.map(({ pattern }) => pattern), (index) => places[index]!.pointer); // prettier-ignore
}

const rolesNamed = (ctx: ReadContext, keys: readonly string[]): Promise<RoleRow[]> =>
  ctx.db.select().from(roles).where(and(eq(roles.tenantId, ctx.tenantId), inArray(roles.key, [...keys]))); // prettier-ignore

async function stepsFor(ctx: ReadContext, { document, replace }: z.output<typeof input>): Promise<Step[]> {
  const keys = document.roles.map(({ key }) => key);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice >= 0)
    throw new Problem('validation-failed', `The document has the role "${keys[twice]}" twice.`, {
      errors: [{ pointer: `/document/roles/${twice}/key`, message: 'Named before' }],
    });
  requireAllKnown(ctx, document.roles);
  const found = await rolesNamed(ctx, keys);
  const steps = document.roles.map((draft) => ({
    draft: tidied(draft),
    row: found.find((row) => row.key === draft.key),
  }));
  for (const { draft, row } of steps) {
    if (row) requireOwn(row);
    if (row && !replace) throw new Problem('name-taken', `There is a role "${row.key}" already. Import it with \`replace\`, or rename it.`);
    await requireSavable(ctx, draft);
    if (row) await requireEditable(ctx, row, draft);
  }
  await requireRoom(ctx, steps.filter(({ row }) => !row).map(({ draft }) => draft.key)); // prettier-ignore
  return steps;
}

const creation = (draft: Draft): NonNullable<Plan['changes']>[number] => ({
  action: 'create',
  type: 'role',
  name: draft.key,
  fields: fieldsOf(null, draft),
});

export const rolesImport = defineOperation({
  name: 'roles.import',
  summary: 'Make roles from a document',
  description: 'A dry run checks the whole document and lists every permission that this installation does not know. All roles are imported or none.',
  permission: 'roles:write',
  risk: 'high',
  route: { method: 'POST', path: '/roles/import' },
  input,
  output: z.object({ roles: z.array(RoleDetail) }),
  async targets(ctx, { document }) {
    const found = await rolesNamed(ctx, document.roles.map(({ key }) => key)); // prettier-ignore
    return document.roles.map(({ key }) => ({ type: 'role', id: found.find((row) => row.key === key)?.id ?? 'new', name: key }));
  },
  async plan(ctx, wanted) {
    const steps = await stepsFor(ctx, wanted);
    const edits = await Promise.all(steps.flatMap(({ draft, row }) => (row ? [editPlan(ctx, row, draft)] : [])));
    return {
      summary: `Import ${steps.length} ${steps.length === 1 ? 'role' : 'roles'}: ${steps.map(({ draft }) => draft.key).join(', ')}`,
      changes: [...steps.flatMap(({ draft, row }) => (row ? [] : [creation(draft)])), ...edits.flatMap((edit) => edit.changes ?? [])],
      warnings: edits.flatMap((edit) => edit.warnings ?? []),
      observed: Object.fromEntries(edits.flatMap((edit) => Object.entries(edit.observed ?? {}))),
      reversible: 'Delete the roles, or import an earlier export with `replace`.',
    };
  },
  async run(ctx, wanted) {
    const saved: RoleRow[] = [];
    for (const { draft, row } of await stepsFor(ctx, wanted)) {
      const same = row && JSON.stringify(draftOf(row)) === JSON.stringify(draft);
      saved.push(same ? row : row ? await updateRole(ctx, row, draft) : await insertRole(ctx, draft));
    }
    return { roles: await roleDetails(ctx, saved) };
  },
});
