import { NO_TENANT, type Context } from '#kernel/context.ts';
import { hasSecondFactor, requireProof } from '#kernel/proof.ts';
import { requireSession } from '../own.ts';
import type { From, Self } from './deps.ts';
import type { OnKnown } from './ports.ts';
import { StepUp } from './ports.ts';
import { PROOF } from './rules.ts';

export const fromOf = ({ actor, browser }: Context): From => ({ ip: actor.ip, agent: browser?.userAgent ?? null });

/** The signed-in person of the call. Throws `session-required` for an API key. */
export const selfOf = (ctx: Context): Self => ({ userId: ctx.actor.id, sessionId: requireSession(ctx.actor), ...fromOf(ctx) });

/**
 * To add a factor: the password, or a proof of the last 15 minutes. Who has one already needs that, freshly: adding another must be
 * no way around it. Throws `step-up-required`, `mfa-invalid` or `locked`.
 */
export async function requireMayAdd(ctx: Context, self: Self, password: string | undefined): Promise<void> {
  if (hasSecondFactor(ctx.actor)) return requireProof(ctx.actor, PROOF.change, 'Adding or replacing a second factor', ctx.now());
  if (password === undefined) return requireProof(ctx.actor, PROOF.add, 'Adding a second factor', ctx.now());
  await ctx.provider(StepUp).checkPassword(self, password);
}

/** Tells the tenant in which the person works; who works in none has nobody to tell. */
export function announce(ctx: Context, event: `${string}.${string}`, facts: Record<string, unknown>): void {
  if (ctx.tenantId !== NO_TENANT) ctx.emit(event, { userId: ctx.actor.id, ...facts });
}

/** A sign-in that is refused from here on is on record in the first tenant of whose account it is. */
export const actingAs =
  (ctx: Context): OnKnown =>
  ({ id, email, name }, [home]) => {
    if (!home) return;
    const where = { tenantId: home.tenantId, tenantSlug: home.slug };
    ctx.actAs({ kind: 'user', id, email, name, ...where, credentialId: null, permissionCap: null, ip: ctx.actor.ip });
  };
