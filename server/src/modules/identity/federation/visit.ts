import type { Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { SIGNUP_COOKIE, SIGNUP_SECONDS } from '../registration/from.ts';
import { Federation, type Callback, type OnKnown, type Start, type Visitor } from './port.ts';
import { FLOW } from './rules.ts';

/** Binds a flow to the browser that began it. */
export const FLOW_COOKIE = 'sy_flow';

export const visitorOf = ({ actor, browser }: Pick<Context, 'actor' | 'browser'>): Visitor => ({
  ip: actor.ip,
  agent: browser?.userAgent ?? null,
  browser: browser?.cookie(FLOW_COOKIE),
});

/** Says in the audit trail who it was, in a tenant of theirs. */
const heard =
  (ctx: Context): OnKnown =>
  ({ id, name, email }, tenant) => {
    if (!tenant) return;
    const { tenantId, slug } = tenant;
    ctx.actAs({ kind: 'user', id, name, email, tenantId, tenantSlug: slug, credentialId: null, permissionCap: null, ip: ctx.actor.ip });
  };

/** Begins a flow and sets its cookie. Apple's comes back with a form of Apple's page, so its cookie has to cross sites. */
export async function begin(
  ctx: Context,
  wanted: Start,
  link?: { userId: string; sessionId: string },
): Promise<{ location: string; expiresAt: Date }> {
  const { location, browser, expiresAt, formPost } = await ctx.provider(Federation).start(wanted, visitorOf(ctx), link);
  ctx.browser?.setCookie(FLOW_COOKIE, browser, { maxAgeSeconds: FLOW.life / 1000, cross: formPost });
  return { location, expiresAt };
}

/** Ends a flow: a code for the page, or a linked identity. */
export async function comeBack(ctx: Context, callback: Callback) {
  const visitor = visitorOf(ctx);
  try {
    return await ctx.provider(Federation).callback(callback, visitor, heard(ctx));
  } catch (error) {
    // The mail that confirms the address is worth the identity in this browser only.
    if (error instanceof Problem && error.slug === 'email-not-verified' && visitor.browser !== undefined)
      ctx.browser?.setCookie(SIGNUP_COOKIE, visitor.browser, { maxAgeSeconds: SIGNUP_SECONDS });
    throw error;
  }
}

/** The page that takes over; a one-time code at most is in its address, never a token. */
export async function land(ctx: Context, callback: Callback): Promise<{ location: string }> {
  const { code, linked, returnTo } = await comeBack(ctx, callback);
  const search = new URLSearchParams({ ...(code === null ? {} : { code }), ...(linked === null ? {} : { linked }), returnTo });
  return { location: `/auth/oauth/callback?${search.toString()}` };
}

/** Only what was sent. */
export const given = (fields: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));
