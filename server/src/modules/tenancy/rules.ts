/** Lower case letters, digits and inner hyphens, 3 to 50 characters: safe in a host name and in a path. */
export const SLUG = /^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/;

/** Names that would be taken for a part of the product, a role in the network, or for us. */
const RESERVED: ReadonlySet<string> = new Set(
  `
  about abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog bot cdn changes cli cloud
  compliance config console contact dashboard default demo dev developer devices dns docs download email events example exchange false
  feedback files ftp graphql health help hostmaster icons images imap import info internal invite invoice ipv4 ipv6 jobs js keys legal
  live localhost login logout mail manage manifest marketing mcp me media members metrics mobile monitor monitoring news noc noreply
  notifications ns ns1 ns2 null oauth oidc ops owner pay payment ping platform plugins policy pop3 portal postmaster preview pricing privacy
  private prod production profile public public-api queue readyz register registry rest root router sales sandbox sdk search secret secrets
  security self server servers service session sessions settings setup shop sign-in sign-up signin signup smtp sso staging static stats status
  store stream subscribe support switchyard sys system team teams tenant tenants terms test testing token tokens true trust undefined
  update upload user users v1 v2 vpn web webhook webhooks webmail well-known wiki workflow workflows wpad ws www zone zones
  abuse-desk accept acme-challenge analytics announce anonymous approve approvals archive avatar backup backups beta broadcast captcha cert
  certs checkout chat community controlplane csp customer customers database db demos domain domains drive edge edit embed enterprise error
  errors explore faq fonts forum gateway graph guest hook host hosts inbox installation invitation invitations jwks key licence license
  load-balancer logs logo mx network networks new onboarding order orders org organisation organization passkey password path plans pop proxy
  public-assets push relay report reports reset root-ca route routes saml scim server-status smtp2 ssh ssl store-api team-admin telnet tls trace
  unsubscribe url verify version video voice wildcard
  `
    .trim()
    .split(/\s+/),
);

/** Why a slug cannot be used, in words; undefined when it can. */
export function slugFault(slug: string): string | undefined {
  if (!SLUG.test(slug)) return 'A slug has 3 to 50 lower case letters, digits and hyphens, and begins and ends with a letter or digit';
  if (slug.startsWith('xn--') || slug.includes('--')) return 'Two hyphens in a row are kept for internationalised names';
  return RESERVED.has(slug) ? 'This name is reserved' : undefined;
}

const unaccented = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss');

/** A slug that a name suggests: always a valid one. `number` tells it apart from those that are taken. */
export function suggestSlug(name: string, number = 1): string {
  const words = unaccented(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const suffix = number > 1 ? `-${number}` : '';
  const base = words.slice(0, 50 - suffix.length).replace(/-+$/, '');
  const whole = `${base}${suffix}`;
  if (slugFault(whole) === undefined) return whole;
  const longer = `${`${base}-org`
    .replace(/^-/, '')
    .slice(0, 50 - suffix.length)
    .replace(/-+$/, '')}${suffix}`;
  return slugFault(longer) === undefined ? longer : `tenant-org${suffix}`;
}

/** An old name leads on for so long, and is free for others after the longer time. */
export const SLUG_LEADS_MS = 90 * 86_400_000;
export const SLUG_KEPT_MS = 180 * 86_400_000;

export const TENANT = {
  ownedMost: 20,
  trialMs: 14 * 86_400_000,
  graceMs: 30 * 86_400_000,
  /** California asks for longer. */
  graceCcpaMs: 45 * 86_400_000,
  transferMs: 7 * 86_400_000,
} as const;
