import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** An address or range in CIDR notation, as ipaddr.js reads it. */
const isRange = (text: string): boolean => ipaddr.isValidCIDR(text) || ipaddr.isValid(text);
const cidr = z
  .string()
  .trim()
  .max(50)
  .refine(isRange, 'An address or a range such as 192.0.2.0/24')
  .meta({ examples: ['192.0.2.0/24'] });

const locale = z.enum(['en', 'de', 'zh']).meta({ title: 'Language' });
const zone = z
  .string()
  .max(60)
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', 'A time zone such as Europe/Berlin')
  .meta({ title: 'Time zone', examples: ['Europe/Berlin'] });

export const SIGN_IN_WAYS = ['password', 'passkey', 'google', 'github', 'microsoft', 'apple', 'peeringdb', 'oidc'] as const;

const Security = z.strictObject({
  mfa: z.enum(['off', 'optional', 'required']).default('optional').meta({ title: 'Second factor', help: 'Required: members have seven days to set one up' }),
  passwordMinLength: z.int().min(12).max(64).default(12).meta({ title: 'Shortest password' }),
  passwordClasses: z.boolean().default(false).meta({ title: 'Ask for upper and lower case, digits and signs' }),
  sessionIdleMinutes: z.int().min(5).max(1440).default(480).meta({ title: 'Sessions end after so many idle minutes' }),
  sessionAbsoluteHours: z.int().min(1).max(2160).default(720).meta({ title: 'Sessions end after so many hours' }),
  ipAllowList: z.array(cidr).max(100).default([]).meta({ title: 'Networks that may call', help: 'Empty: all' }),
  allowedSignIn: z.array(z.enum(SIGN_IN_WAYS)).max(SIGN_IN_WAYS.length).default([...SIGN_IN_WAYS]).meta({ title: 'Ways to sign in' }),
  ssoEnforced: z.boolean().default(false).meta({ title: 'Sign in by your identity provider only' }),
  apiKeyMaxDays: z.int().min(1).max(365).default(365).meta({ title: 'Longest life of an API key in days' }),
  supportAccess: z.enum(['ask', 'allow', 'never']).default('ask').meta({ title: 'Access by support' }),
}); // prettier-ignore

const Notifications = z.strictObject({
  securityMail: z.boolean().default(true).meta({ title: 'Security mails to owners' }),
  changesMail: z.boolean().default(true).meta({ title: 'Mails about approvals' }),
});

const Defaults = z.strictObject({
  locale: locale.default('en'),
  zone: zone.default('UTC'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three capital letters (ISO 4217)').default('EUR').meta({ title: 'Currency' }),
  environment: z.string().trim().min(1).max(50).nullable().default(null).meta({ title: 'Environment of new things' }),
}); // prettier-ignore

const days = (least: number, fallback: number) => z.int().min(least).max(3650).default(fallback);
const Data = z.strictObject({
  framework: z.enum(['gdpr', 'ccpa', 'hipaa', 'soc2', 'custom']).default('gdpr').meta({ title: 'Legal framework' }),
  auditRetentionDays: days(30, 400).meta({ title: 'Days that audit entries of changes are kept', help: 'Ninety at least, whatever is set' }),
  readRetentionDays: days(0, 30).meta({
    title: 'Days that audit entries of reads are kept',
    help: 'Four hundred at most, and no longer than those of changes',
  }),
  region: z.string().max(50).default('default').meta({ title: 'Region' }),
});

const Ai = z.strictObject({
  models: z.array(z.string().max(100)).max(50).default([]).meta({ title: 'Models that may see data', help: 'Empty: none' }),
  workflows: z.boolean().default(false).meta({ title: 'Workflows may use models' }),
});

const Agents = z.strictObject({
  apiKeys: z.boolean().default(true).meta({ title: 'Agents may use API keys', help: 'Off: every agent has to be connected in the browser by the person whom it acts for' }),
  clients: z.enum(['any', 'listed']).default('any').meta({ title: 'Which programs may be connected', help: 'Listed: only those that an administrator has entered' }),
  decisions: z.boolean().default(false).meta({ title: 'Deciding on approvals over MCP', help: 'By people in a session of their own with a fresh proof; never by agents' }),
  tools: z.enum(['all', 'search']).default('all').meta({ title: 'Tools that agents are shown', help: 'Search: only a search over the operations, and the favourites' }),
  favourites: z.array(z.string().max(100)).max(50).default([]).meta({ title: 'Favourite operations', examples: ['servers.list'] }),
}); // prettier-ignore

const Changes = z.strictObject({
  emergenciesPerDay: z.int().min(0).max(10).default(3).meta({ title: 'Emergencies per person and day', help: '0: nobody may skip approvals and time windows' }),
}); // prettier-ignore

/** All settings of a tenant with their defaults (platform.md 5.3). */
export const Settings = z.strictObject({
  security: Security.prefault({}),
  notifications: Notifications.prefault({}),
  defaults: Defaults.prefault({}),
  data: Data.prefault({}),
  ai: Ai.prefault({}),
  agents: Agents.prefault({}),
  changes: Changes.prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** What is stored, with a default for what is not: settings that a later version brings need no migration. */
export const settingsOf = (stored: unknown): Settings => Settings.parse(stored ?? {});
