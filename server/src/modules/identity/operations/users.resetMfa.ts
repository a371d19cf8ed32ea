import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Recovery } from '../factors/ports.ts';
import { PROOF } from '../factors/rules.ts';
import { Standing } from '../providers/port.ts';

/** An administrator must not open the account of an owner. Throws `grant-escalation`, `not-found` or `reset-by-operator`. */
const look = (ctx: ReadContext, userId: string) =>
  ctx.once(`factors ${userId}`, async () => {
    const found = await ctx.provider(Recovery).look(userId, ctx.tenantId);
    const standing = ctx.provider(Standing);
    const isOwner = async (id: string): Promise<boolean> =>
      (await standing.everywhere(id)).get(ctx.tenantId)?.some(({ key }) => key === 'owner') ?? false;
    if ((await isOwner(userId)) && !(await isOwner(ctx.actor.id)))
      throw new Problem('grant-escalation', `${found.user.name} is an owner of this tenant; only another owner can ask for this.`);
    return found;
  });

export const usersResetMfa = defineOperation({
  name: 'users.resetMfa',
  summary: 'Take all second factors from a person who has lost them',
  description:
    'Removes authenticator apps, passkeys, SMS, backup codes and trusted devices, and ends every session. The person hears of it by mail and signs in with the password, or resets that. Refused for people who work for other tenants too.',
  permission: 'users:update',
  risk: 'high',
  stepUp: PROOF.change,
  tenantField: 'id',
  route: { method: 'POST', path: '/tenants/{id}/users/{userId}/reset-mfa' },
  input: z.object({ id: z.uuid().meta({ title: 'Tenant' }), userId: z.uuid().meta({ title: 'Person', widget: 'member' }) }),
  output: z.object({ userId: z.uuid() }),
  async targets(ctx, { userId }) {
    const { user } = await look(ctx, userId);
    return [{ type: 'member', id: user.id, name: user.name }];
  },
  async plan(ctx, { userId }) {
    const { user, factors, backupCodesLeft } = await look(ctx, userId);
    const before = factors.map(({ kind, label }) => `${kind} "${label}"`);
    const fields = [
      { path: '/factors', before, after: [] },
      { path: '/backupCodes', before: backupCodesLeft, after: 0 },
    ];
    return {
      summary: `Take ${before.length === 1 ? 'the second factor' : `all ${before.length} second factors`} from ${user.name} <${user.email}> and end their sessions`,
      changes: [{ action: 'update' as const, type: 'member', id: user.id, name: user.name, fields }],
      dataLoss: 'The factors are gone for good; the person sets up new ones.',
      warnings: ['Make sure that it is this person who asks: until new factors are set up, the password alone opens the account.'],
      observed: { factors: factors.map(({ id }) => id).join(' ') },
    };
  },
  async run(ctx, { userId }) {
    await ctx.provider(Recovery).reset(userId, { name: ctx.actor.name, tenantId: ctx.tenantId });
    ctx.emit('auth.mfa_reset', { userId, by: ctx.actor.id });
    return { userId };
  },
});
