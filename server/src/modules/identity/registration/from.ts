import type { Context } from '#kernel/context.ts';
import type { From } from './port.ts';

/** Network and program that a call came from. */
export const fromOf = ({ actor, browser }: Pick<Context, 'actor' | 'browser'>): From => ({ ip: actor.ip, agent: browser?.userAgent ?? null });

/** In the browser that signed up, verification signs in; it holds this for as long as the link is good. */
export const SIGNUP_COOKIE = 'sy_signup';
export const SIGNUP_SECONDS = 24 * 3600;
