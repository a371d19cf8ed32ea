import { z } from 'zod';

const https = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
const KINDS = ['google', 'github', 'microsoft', 'apple', 'peeringdb'] as const;

const client = (name: string) =>
  z.string().min(1).max(300).optional().describe(`Client ID at ${name}; with its secret it is offered to sign in with`);
const secret = (name: string) => z.string().min(1).max(500).optional().describe(`Client secret at ${name}`);
const issuer = (name: string) => https.optional().describe(`Address of ${name}, when it is not the usual one`);

/** Identity providers of the installation; those of tenants are theirs to set up. */
export const providerSettings = {
  SWITCHYARD_GOOGLE_CLIENT_ID: client('Google'),
  SWITCHYARD_GOOGLE_CLIENT_SECRET: secret('Google'),
  SWITCHYARD_GOOGLE_HOSTED_DOMAIN: z.string().max(190).optional().describe('Only people of this Google Workspace'),
  SWITCHYARD_GOOGLE_ISSUER: issuer('Google'),
  SWITCHYARD_GITHUB_CLIENT_ID: client('GitHub'),
  SWITCHYARD_GITHUB_CLIENT_SECRET: secret('GitHub'),
  SWITCHYARD_GITHUB_URL: issuer('GitHub'),
  SWITCHYARD_MICROSOFT_CLIENT_ID: client('Microsoft'),
  SWITCHYARD_MICROSOFT_CLIENT_SECRET: secret('Microsoft'),
  SWITCHYARD_MICROSOFT_TENANT: z.string().regex(/^(organizations|[0-9a-fA-F-]{36})$/, 'organizations, or the id of an Entra tenant').default('organizations').describe('Whose people may come: organizations, or the id of one Entra tenant'), // prettier-ignore
  SWITCHYARD_MICROSOFT_AUTHORITY: issuer('Microsoft'),
  SWITCHYARD_APPLE_CLIENT_ID: z.string().max(300).optional().describe('Services ID at Apple; with team, key and private key it is offered to sign in with'), // prettier-ignore
  SWITCHYARD_APPLE_TEAM_ID: z.string().max(20).optional().describe('Team ID at Apple'),
  SWITCHYARD_APPLE_KEY_ID: z.string().max(20).optional().describe('Key ID at Apple'),
  SWITCHYARD_APPLE_PRIVATE_KEY: z.string().regex(/^-----BEGIN PRIVATE KEY-----/, 'PKCS 8 in PEM').optional().describe('Private key from Apple (the content of the .p8 file; line ends may be written as \\n)'), // prettier-ignore
  SWITCHYARD_APPLE_ISSUER: issuer('Apple'),
  SWITCHYARD_PEERINGDB_CLIENT_ID: client('PeeringDB'),
  SWITCHYARD_PEERINGDB_CLIENT_SECRET: secret('PeeringDB'),
  SWITCHYARD_PEERINGDB_ISSUER: issuer('PeeringDB'),
  SWITCHYARD_PEERINGDB_REQUIRE_MFA: flag.default(false).describe('Networks count only for people who gave two factors at PeeringDB'),
  SWITCHYARD_TRUST_MFA: z.string().optional().describe('Providers, with commas, whose second factor counts as ours (google, microsoft, …)'),
  SWITCHYARD_AUTO_LINK: z.enum(['off', 'verified']).default('off').describe('Whether an address that both sides verified links an account by itself'),
} as const;

type Settings = z.infer<z.ZodObject<typeof providerSettings>>;

interface RegisteredConfig {
  clientId: string;
  clientSecret: string;
  issuer: string | undefined;
  trustMfa: boolean;
}
/** What whoever runs the installation got from each provider; those left out are not offered. */
export interface ProvidersConfig {
  google?: RegisteredConfig & { hostedDomain: string | undefined };
  github?: RegisteredConfig;
  microsoft?: RegisteredConfig & { tenant: string };
  apple?: { clientId: string; teamId: string; keyId: string; privateKey: string; issuer: string | undefined };
  peeringdb?: RegisteredConfig & { requireMfa: boolean };
}

const trusted = (found: Settings): string[] => (found.SWITCHYARD_TRUST_MFA ?? '').split(',').map((one) => one.trim()).filter(Boolean); // prettier-ignore

const PARTS: Record<(typeof KINDS)[number], readonly (keyof Settings)[]> = {
  google: ['SWITCHYARD_GOOGLE_CLIENT_ID', 'SWITCHYARD_GOOGLE_CLIENT_SECRET'],
  github: ['SWITCHYARD_GITHUB_CLIENT_ID', 'SWITCHYARD_GITHUB_CLIENT_SECRET'],
  microsoft: ['SWITCHYARD_MICROSOFT_CLIENT_ID', 'SWITCHYARD_MICROSOFT_CLIENT_SECRET'],
  apple: ['SWITCHYARD_APPLE_CLIENT_ID', 'SWITCHYARD_APPLE_TEAM_ID', 'SWITCHYARD_APPLE_KEY_ID', 'SWITCHYARD_APPLE_PRIVATE_KEY'],
  peeringdb: ['SWITCHYARD_PEERINGDB_CLIENT_ID', 'SWITCHYARD_PEERINGDB_CLIENT_SECRET'],
};

/** A provider that is set up by half would be missing from the sign-in page without a word. */
export function providerFaults(found: Settings): string[] {
  const halves = Object.values(PARTS).flatMap((parts) => {
    const missing = parts.filter((name) => found[name] === undefined);
    return missing.length === 0 || missing.length === parts.length ? [] : missing.map((name) => `${name}: is missing; its companions are set`);
  });
  const unknown = trusted(found).filter((one) => !(KINDS as readonly string[]).includes(one));
  return [...halves, ...unknown.map((one) => `SWITCHYARD_TRUST_MFA: there is no provider "${one}" (${KINDS.join(', ')})`)];
}

/** The providers that are set up. */
export function providersFrom(found: Settings): ProvidersConfig {
  const trust = new Set(trusted(found));
  const registered = (kind: string, clientId?: string, clientSecret?: string, at?: string): RegisteredConfig | undefined =>
    clientId && clientSecret ? { clientId, clientSecret, issuer: at, trustMfa: trust.has(kind) } : undefined;
  const google = registered('google', found.SWITCHYARD_GOOGLE_CLIENT_ID, found.SWITCHYARD_GOOGLE_CLIENT_SECRET, found.SWITCHYARD_GOOGLE_ISSUER);
  const github = registered('github', found.SWITCHYARD_GITHUB_CLIENT_ID, found.SWITCHYARD_GITHUB_CLIENT_SECRET, found.SWITCHYARD_GITHUB_URL);
  const microsoft = registered('microsoft', found.SWITCHYARD_MICROSOFT_CLIENT_ID, found.SWITCHYARD_MICROSOFT_CLIENT_SECRET, found.SWITCHYARD_MICROSOFT_AUTHORITY); // prettier-ignore
  const peeringdb = registered('peeringdb', found.SWITCHYARD_PEERINGDB_CLIENT_ID, found.SWITCHYARD_PEERINGDB_CLIENT_SECRET, found.SWITCHYARD_PEERINGDB_ISSUER); // prettier-ignore
  const { SWITCHYARD_APPLE_CLIENT_ID: clientId, SWITCHYARD_APPLE_TEAM_ID: teamId, SWITCHYARD_APPLE_KEY_ID: keyId, SWITCHYARD_APPLE_PRIVATE_KEY: pem } = found; // prettier-ignore
  return {
    ...(google ? { google: { ...google, hostedDomain: found.SWITCHYARD_GOOGLE_HOSTED_DOMAIN } } : {}),
    ...(github ? { github } : {}),
    ...(microsoft ? { microsoft: { ...microsoft, tenant: found.SWITCHYARD_MICROSOFT_TENANT.toLowerCase() } } : {}),
    ...(clientId && teamId && keyId && pem
      ? { apple: { clientId, teamId, keyId, privateKey: pem.replaceAll('\\n', '\n'), issuer: found.SWITCHYARD_APPLE_ISSUER } }
      : {}),
    ...(peeringdb ? { peeringdb: { ...peeringdb, requireMfa: found.SWITCHYARD_PEERINGDB_REQUIRE_MFA } } : {}),
  };
}
