import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Refusal } from '../lib/refusal.mjs';

/** What objects are called that the program makes, so that nobody takes them for theirs and it takes away none but its own. */
export const PREFIX = 'staging-';

/** `env:NAME` stands for what the environment has under that name: secrets need not be in the file. */
const REFERENCE = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;
const text = z.string().min(1);
/** What must never be told. */
const secret = text.meta({ secret: true });
const url = z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, ''));
/** A program and its arguments, which no shell reads. */
const command = text.transform((words) => words.trim().split(/\s+/));
const asn = z.int().min(1).max(4_294_967_294);
const seconds = z.int().min(1).max(3_600);

const Config = z.strictObject({
  url,
  apiKey: secret,
  approverKey: secret.optional(),
  /** So long the program waits for a person to agree to a Change, where no second key is given. */
  approvalMinutes: z.int().min(1).max(1_440).default(15),
  /** Outside systems that are called from here may be on this machine or a private network: for laboratories. */
  allowPrivateTargets: z.boolean().default(false),
  asn,
  peeringdb: z
    .strictObject({ issuer: url.default('https://auth.peeringdb.com/oauth2'), clientId: text, clientSecret: secret, apiUrl: url.default('https://www.peeringdb.com/api'), apiKey: secret })
    .optional(),
  zerotier: z
    .strictObject({ baseUrl: url.optional(), token: secret, network: z.string().regex(/^([0-9a-f]{6}|[0-9a-f]{16})$/, 'six hexadecimal digits, or the whole id of sixteen, in quotes'), prefix: text.default('2001:db8:5747::/64'), node: z.string().regex(/^[0-9a-f]{10}$/, 'ten hexadecimal digits, in quotes').optional() })
    .optional(),
  routeServers: z
    .array(z.strictObject({ handle: z.string().regex(/^staging-/, `begins with ${PREFIX}`), host: text }))
    .default([]),
  mail: z.strictObject({ to: z.email() }).optional(),
  identityProvider: text.optional(),
  doctor: command.optional(),
  restored: command.optional(),
  restart: z.strictObject({ seconds: seconds.default(60), perSecond: z.int().min(1).max(50).default(5), command: command.optional() }).prefault({}),
}); // prettier-ignore
export type Config = z.output<typeof Config>;
export type RouteServer = Config['routeServers'][number];

interface Found {
  config: Config;
  /** Values that must not be told, by nobody. */
  secrets: string[];
  /** Name and port of the installation, as `--confirm` has to say it. */
  host: string;
}

/** Every text of it that refers to the environment, by its value. */
function withEnvironment(value: unknown, env: NodeJS.ProcessEnv, file: string): unknown {
  if (Array.isArray(value)) return value.map((one) => withEnvironment(one, env, file));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withEnvironment(one, env, file)]));
  const name = typeof value === 'string' ? REFERENCE.exec(value)?.[1] : undefined;
  if (name === undefined) return value;
  const found = env[name];
  if (!found) throw new Refusal(`${file} refers to env:${name}, and the environment has no ${name}.`, `Set ${name}, or take the entry out.`);
  return found;
}

function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { strict: true });
  } catch (error) {
    // What a parser quotes of a file may be a secret.
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it is not YAML';
    throw new Refusal(`${file} cannot be read: ${why}.`, 'docs/guides/staging.md shows what it looks like.');
  }
}

const isLocal = ({ hostname }: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** Keys and secrets are told to these. */
function requireSealedWays({ url: installation, peeringdb }: Config): void {
  for (const address of [installation, peeringdb?.issuer, peeringdb?.apiUrl])
    if (address !== undefined && new URL(address).protocol === 'http:' && !isLocal(new URL(address)))
      throw new Refusal(`${address} is not reached by TLS, and secrets are sent there.`, 'Give an address that begins with https://.');
}

/** Reads the file, with what it refers to. Throws a Refusal that names the field, never its value. */
export function readConfig(file: string, env: NodeJS.ProcessEnv): Found {
  const result = Config.safeParse(withEnvironment(parsed(file), env, file));
  if (!result.success)
    throw new Refusal(
      `${file} cannot be used: ${result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('; ')}.`,
      'docs/guides/staging.md shows what it looks like.',
    );
  const config = result.data;
  requireSealedWays(config);
  const { apiKey, approverKey, peeringdb, zerotier } = config;
  const secrets = [apiKey, approverKey, peeringdb?.clientSecret, peeringdb?.apiKey, zerotier?.token].filter((one) => one !== undefined);
  return { config, secrets, host: new URL(config.url).host };
}
