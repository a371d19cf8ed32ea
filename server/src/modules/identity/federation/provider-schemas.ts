import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import { OPENID_ALGORITHMS } from './idps/registered.ts';
import { PRESETS } from './presets.ts';
import type { Preset } from './types.ts';

const line = (max: number) => z.string().trim().min(1).max(max).regex(/^\P{Cc}+$/u, 'No control characters'); // prettier-ignore
const word = /^[\x21-\x7e]+$/;

export const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,49}$/, 'Small letters, digits and hyphens; begins with a letter')
  .meta({ title: 'Key', help: 'Short name within the tenant; it stays', examples: ['corporate'] });

const Mapping = z.strictObject({
  value: line(256).meta({ title: 'Group', help: 'A value of the groups claim' }),
  roleId: z.uuid().meta({ title: 'Role', widget: 'role' }),
  scope: Scope.default({ all: true }).meta({ title: 'Scope' }),
});

/** Everything that can be set, with what each field does. */
export const fields = {
  name: line(100).meta({ title: 'Name', help: 'Shown on the sign-in page' }),
  issuer: z
    .url()
    .max(500)
    .regex(/^https?:\/\/[^?#]+$/, 'An https address without query')
    .meta({
      title: 'Issuer',
      help: 'As the provider writes it in its discovery document, slash at the end included',
      examples: [PRESETS.keycloak.issuer],
    }),
  clientId: z.string().min(1).max(300).regex(word, 'No spaces').meta({ title: 'Client ID' }),
  clientSecret: z
    .string()
    .min(1)
    .max(500)
    .nullable()
    .meta({ title: 'Client secret', help: 'Left out for public clients', secret: true, widget: 'password' }),
  scopes: z
    .string()
    .trim()
    .max(500)
    .regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/, 'Words with single spaces')
    .meta({ title: 'Scopes', help: '`openid` is always asked for; `offline_access` gives a refresh token' }),
  audience: z.string().max(300).regex(word, 'No spaces').nullable().meta({ title: 'Audience' }),
  prompt: z.enum(['login', 'consent', 'select_account', 'none']).nullable().meta({ title: 'Prompt' }),
  maxAge: z
    .int()
    .min(0)
    .max(31_536_000)
    .nullable()
    .meta({ title: 'Maximum age', help: 'Seconds since the last sign-in at the provider, after which it asks again' }),
  acrValues: z
    .array(z.string().max(200).regex(word, 'No spaces'))
    .max(10)
    .meta({ title: 'ACR values', help: 'Asked for; with “trust second factor”, those that count as one' }),
  groupsClaim: line(200).meta({ title: 'Groups claim', help: 'Name of the claim, or a path such as `realm_access.roles`' }),
  roleMapping: z.array(Mapping).max(200).meta({ title: 'Roles by group', help: 'Applied at each sign-in: what a group no longer gives is taken' }),
  jitProvisioning: z.boolean().meta({ title: 'Make members', help: 'Whoever comes with a mapped group becomes a member' }),
  trustMfa: z.boolean().meta({ title: 'Trust second factor', help: 'A second factor given at the provider counts as one given here' }),
  trustEmail: z.boolean().meta({ title: 'Trust addresses', help: 'Verified addresses count for domains that this tenant has proven to hold' }),
  allowedAlgorithms: z.array(z.enum(OPENID_ALGORITHMS)).min(1).max(OPENID_ALGORITHMS.length).meta({ title: 'Signature algorithms' }),
  clockSkewSeconds: z.int().min(0).max(300).meta({ title: 'Clock skew', help: 'Seconds that clocks may differ' }),
  enabled: z.boolean().meta({ title: 'Switched on' }),
};

export const PresetName = z
  .enum(Object.keys(PRESETS) as [Preset, ...Preset[]])
  .default('generic')
  .meta({ title: 'Kind' });

export const IdentityProvider = z.object({
  id: z.uuid(),
  key: z.string(),
  preset: z.string(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  scopes: z.string(),
  audience: z.string().nullable(),
  prompt: z.string().nullable(),
  maxAge: z.int().nullable(),
  acrValues: z.array(z.string()),
  groupsClaim: z.string(),
  roleMapping: z.array(z.object({ value: z.string(), roleId: z.uuid(), scope: Scope })),
  jitProvisioning: z.boolean(),
  trustMfa: z.boolean(),
  trustEmail: z.boolean(),
  allowedAlgorithms: z.array(z.string()),
  clockSkewSeconds: z.int(),
  enabled: z.boolean(),
  redirectUri: z.string().meta({ help: 'To register at the provider, letter by letter' }),
  backchannelLogoutUri: z.string().meta({ help: 'Where the provider says that it ended a session' }),
  startUrl: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
