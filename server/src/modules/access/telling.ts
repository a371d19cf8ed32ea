import type { Context } from '#kernel/context.ts';
import { Mail } from '#kernel/mail.ts';
import { People, Surroundings } from './providers/port.ts';
import { rolesOf } from './rights.ts';

/** Tells people by mail what they hold from now on, in the transaction that changes it. Machines are not told. */
export async function tellRoles(ctx: Pick<Context, 'db' | 'tenantId' | 'now' | 'provider' | 'actor'>, subjectIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(subjectIds)];
  if (ids.length === 0) return;
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, ids);
  const held = await rolesOf(ctx.db, ctx.tenantId, ids, ctx.now());
  const { tenant, link } = await ctx.provider(Surroundings).describe(ctx.db, ctx.tenantId);
  for (const { id, name, email, machine } of people.values()) {
    const roles = (held.get(id) ?? []).map((role) => role.name).join(', ');
    if (!machine)
      await ctx.provider(Mail).send(ctx.db, { to: email, template: 'role-changed', data: { name, tenant, roles, by: ctx.actor.name, link } });
  }
}
