import { z } from 'zod';
import type { Concluded, Issued } from './sessions/types.ts';
import { MAX_BYTES } from './password-rules.ts';

export const TenantRef = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
const Person = z.object({ id: z.uuid(), email: z.string(), name: z.string() });

export const LoginInput = z.object({
  email: z
    .string()
    .trim()
    .min(3)
    .max(254)
    .regex(/^\P{Cc}+$/u, 'No control characters')
    .meta({ title: 'E-mail', widget: 'email' }),
  password: z
    .string()
    .min(1)
    .refine((password) => Buffer.byteLength(password) <= MAX_BYTES, 'At most 1,024 bytes')
    .meta({ title: 'Password', widget: 'password', secret: true }),
  tenant: z
    .string()
    .max(50)
    .regex(/^\P{Cc}+$/u, 'No control characters')
    .optional()
    .meta({ title: 'Tenant', help: 'Slug; when left out, the only one there is' }),
  tokenType: z
    .enum(['cookie', 'bearer', 'pair'])
    .default('cookie')
    .meta({ title: 'Token', help: '`cookie` for browsers; `bearer` puts the token into the answer; `pair` gives an access and a refresh token' }),
  rememberMe: z
    .boolean()
    .default(false)
    .meta({ title: 'Stay signed in', help: 'A browser keeps the session when it is closed; a pair lives for thirty days instead of one' }),
});

export const TokenKind = z.enum(['cookie', 'bearer', 'pair']);
export const SignedIn = z.object({
  status: z.literal('signed-in'),
  user: Person,
  tenant: TenantRef.nullable().meta({ help: 'Null when there is none, or several and none was asked for' }),
  tenants: z.array(TenantRef),
  tokenType: TokenKind,
  expiresAt: z.iso.datetime().meta({ help: 'When the session ends if it is not used again' }),
  token: z.string().meta({ secret: true }).optional(),
  keptSeconds: z.int().optional().meta({ help: 'For so long a browser keeps the cookie when it is closed; when it is left out, not at all' }),
  accessToken: z.string().meta({ secret: true }).optional(),
  refreshToken: z.string().meta({ secret: true }).optional(),
  expiresIn: z.int().optional().meta({ help: 'Seconds that the access token lives' }),
});
export const SecondFactorAsked = z.object({
  status: z.literal('mfa-required'),
  mfaRequired: z.literal(true),
  challengeId: z.string(),
  factors: z.array(z.enum(['totp', 'sms', 'webauthn', 'backup'])),
  expiresAt: z.iso.datetime(),
});
/** How every way in answers. */
export const SignInAnswer = z.discriminatedUnion('status', [SignedIn, SecondFactorAsked]);

export const signedIn = ({ user, tenant, tenants, expiresAt, sessionId: _, ...tokens }: Issued): z.input<typeof SignedIn> => ({
  status: 'signed-in',
  user,
  tenant: tenant && tenantRef(tenant),
  tenants: tenants.map(tenantRef),
  ...tokens,
  expiresAt: expiresAt.toISOString(),
});
export const signInAnswer = (concluded: Concluded): z.input<typeof SignInAnswer> =>
  concluded.status === 'signed-in' ? signedIn(concluded.issued) : { ...concluded, mfaRequired: true, expiresAt: concluded.expiresAt.toISOString() };

export const tenantRef = ({ tenantId, slug, name }: { tenantId: string; slug: string; name: string }): z.input<typeof TenantRef> => ({
  id: tenantId,
  slug,
  name,
});
