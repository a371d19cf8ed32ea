import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { applyDifference, differenceFor, differencePlan, heldGrants, lockRolesOf, type Difference } from '../grant-set.ts';
import { GrantFields, memberTarget, Reason, wantedOf } from '../grant-writes.ts';
import { People } from '../providers/port.ts';
import { tellRoles } from '../telling.ts';
import { Grant, grant } from '../schemas.ts';

const input = z.object({
  id: z.uuid().meta({ title: 'Person', widget: 'member' }),
  grants: z.array(z.strictObject(GrantFields)).min(1).max(200).meta({ title: 'Grants', help: 'All of them; what is not among them ends' }),
  reason: Reason,
});

const difference = (ctx: ReadContext, { id, grants }: z.output<typeof input>): Promise<Difference> =>
  differenceFor(ctx, id, grants.map((one) => wantedOf({ subjectId: id, ...one }))); // prettier-ignore

export const grantsReplace = defineOperation({
  name: 'grants.replace',
  summary: 'Set all grants of a person',
  description: 'What the person holds already and is to hold again stays as it is; each other one is given or taken by the rules for one.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'PUT', path: '/users/{id}/grants' },
  input,
  output: z.object({ items: z.array(Grant), nextCursor: z.null() }),
  targets: (ctx, { id }) => memberTarget(ctx, id),
  plan: async (ctx, wanted) => differencePlan(ctx, wanted.id, await difference(ctx, wanted)),
  async run(ctx, wanted) {
    await lockRolesOf(ctx, wanted.id, wanted.grants.map(({ roleId }) => roleId)); // prettier-ignore
    await applyDifference(ctx, await difference(ctx, wanted), wanted.reason);
    await tellRoles(ctx, [wanted.id]);
    const held = await heldGrants(ctx, wanted.id);
    const ids = held.flatMap((one) => (one.grant.grantedBy ? [one.grant.grantedBy] : []));
    const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, [wanted.id, ...ids]);
    return { items: held.map((one) => grant(one.grant, one.role, people)), nextCursor: null };
  },
});
