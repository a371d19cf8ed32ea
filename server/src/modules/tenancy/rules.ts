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
