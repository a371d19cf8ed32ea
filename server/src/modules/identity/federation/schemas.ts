import { z } from 'zod';

const visible = /^[\x21-\x7e]+$/;
/** Of a provider: `google` and so on, or the id of a tenant's own. */
export const ProviderId = z
  .string()
  .regex(/^[a-z0-9-]{2,36}$/, 'google, github, microsoft, apple, peeringdb, or the id of a tenant’s provider')
  .meta({ title: 'Provider', examples: ['google'] });

export const ReturnTo = z
  .string()
  .max(2_000)
  .optional()
  .meta({ title: 'Page to come back to', help: 'A path of this site; anything else is ignored' });
export const StartPurpose = z.enum(['login', 'signup']).default('login').meta({ title: 'Purpose' });

/** What comes back with the browser (RFC 6749 4.1.2, RFC 9207). Codes may be long; what is longer is no code. */
export const CallbackInput = {
  code: z.string().max(8_192).regex(visible).optional().meta({ secret: true }),
  state: z.string().max(512).regex(visible).optional().meta({ secret: true }),
  error: z.string().max(512).optional(),
  iss: z.string().max(512).regex(visible).optional(),
};

export const Location = z.object({ location: z.string() });

export const OfferedProvider = z.object({
  id: z.string(),
  kind: z.enum(['google', 'github', 'microsoft', 'apple', 'peeringdb', 'oidc']),
  name: z.string(),
  startUrl: z.string().meta({ help: 'Where the browser goes to begin' }),
});

export const Linked = z.object({
  provider: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  linkedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  onlyMethod: z.boolean().meta({ help: 'Without it you could not sign in any more, so it cannot be unlinked' }),
});
