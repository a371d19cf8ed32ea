import { timingSafeEqual } from 'node:crypto';
import { Problem } from '#kernel/problem.ts';

/** Who in Slack, of which channel, wants to be known as somebody here. */
export interface Claim {
  tenantId: string;
  channelId: string;
  team: string;
  user: string;
  name: string;
  /** Address that Slack has for them, lower case. */
  email: string;
}

/** A link that was asked for is good for so long. Seconds. */
export const LINK_SECONDS = 900;

type Keyed = (text: string) => string;

const invalid = (): Problem =>
  new Problem('slack-link-invalid', 'The link cannot be used, or its 15 minutes are over. Press the button in Slack again for a new one.');

/** `payload.signature`: it is told to one person in Slack alone, and bound to a tenant, channel and person. */
export function signClaim(keyed: Keyed, claim: Claim, now: Date): string {
  const expires = Math.floor(now.getTime() / 1000) + LINK_SECONDS;
  const payload = Buffer.from(JSON.stringify({ ...claim, expires })).toString('base64url');
  return `${payload}.${keyed(`slack-link ${payload}`)}`;
}

/** Throws `slack-link-invalid`. */
export function readClaim(keyed: Keyed, token: string, now: Date): Claim {
  const [payload = '', signature = ''] = token.split('.');
  const [expected, given] = [keyed(`slack-link ${payload}`), signature].map((text) => Buffer.from(text));
  if (expected!.length !== given!.length || !timingSafeEqual(expected!, given!)) throw invalid();
  const { expires, ...claim } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claim & { expires: number };
  if (expires * 1000 <= now.getTime()) throw invalid();
  return claim;
}
