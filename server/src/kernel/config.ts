import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { providerFaults, providersFrom, type ProvidersConfig } from './provider-settings.ts';
import { CLIENT_KEYS, settings, settingsSchema, type Settings } from './settings.ts';
import { isRandom, weakSecrets } from './weak-secrets.ts';

export interface Config {
  port: number;
  host: string;
  publicUrl: string | undefined;
  /** Tenants are reached as `<slug>.<baseDomain>`. */
  baseDomain: string | undefined;
  trustedProxies: readonly string[];
  home: string;
  databaseUrl: string | undefined;
  masterKey: Uint8Array;
  /** Of before a change of the master key, or of after one that is coming: they open, and wrap nothing. */
  previousMasterKeys: readonly Uint8Array[];
  logLevel: Settings['SWITCHYARD_LOG_LEVEL'];
  metricsToken: string | undefined;
  demo: boolean;
  dnsPort: number;
  drainSeconds: number;
  drainDelaySeconds: number;
  poolSize: number;
  allowPrivateTargets: boolean;
  /** Private networks that tenants may open for their workflows. */
  egressNetworks: readonly string[];
  /** Tokens of models that all tenants together may use in a day; no limit when left out. */
  aiTokensPerDay: number | undefined;
  rateLimitFactor: number;
  otlpEndpoint: string | undefined;
  /** Files of policy sets of the installation. */
  policyFiles: readonly string[];
  /** What the installation calls itself. */
  name: string;
  signup: Settings['SWITCHYARD_SIGNUP'];
  /** Lower case; empty when people of every domain may sign up. */
  signupDomains: readonly string[];
  /** Whether agents may register themselves. */
  oauthRegistration: Settings['SWITCHYARD_OAUTH_REGISTRATION'];
  /** File of leaked passwords. */
  breachList: string | undefined;
  smtpUrl: string | undefined;
  /** `address`, or `Name <address>`. */
  mailFrom: string;
  smsUrl: string | undefined;
  /** Where Slack is, without a slash at its end. */
  slackUrl: string;
  /** ISO 3166 codes with commas; all countries when left out. */
  smsCountries: string | undefined;
  /** Identity providers of the installation. */
  providers: ProvidersConfig;
  autoLink: Settings['SWITCHYARD_AUTO_LINK'];
  /** ZeroTier controllers: of which kind, and the installation's own, with its files and how it is stopped and started. */
  zerotier: {
    provider: Settings['ZT_PROVIDER'];
    controllerUrl: string | undefined;
    stateDir: string | undefined;
    stopCommand: string | undefined;
    startCommand: string | undefined;
  };
  /** What is asked about networks of exchanges; nobody where it is undefined. */
  registries: { peeringdbUrl: string | undefined; peeringdbKey: string | undefined; irrHost: string | undefined; irrSources: string | undefined };
  redis: RedisConfig | undefined;
  sessionStore: 'postgres' | 'redis';
}

export interface RedisConfig {
  url: string;
  connections: number;
  timeoutMs: number;
}

/** Settings that cannot be used: one line each, meant to be printed as it is. */
export class ConfigError extends Error {}

const SIMILAR = (name: string): string | undefined =>
  Object.keys(settings).find((known) => known.startsWith(name.slice(0, -2)) || name.startsWith(known.slice(0, -2)));

function unknownKeys(environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('SWITCHYARD_') && !(name in settings) && !CLIENT_KEYS.has(name))
    .map((name) => `${name}: there is no such setting${SIMILAR(name) ? ` (did you mean ${SIMILAR(name)}?)` : ''}`);
}

/** Made beside its place and then linked there, so that of several processes that start together one makes it and none reads half of it. */
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

function readKey(file: string): string {
  if ((statSync(file).mode & 0o077) !== 0) throw new ConfigError(`${file}: others may read the master key; run: chmod 600 ${file}`);
  return readFileSync(file, 'utf8');
}

function masterKeyFrom(found: Settings, home: string): Uint8Array {
  const named = found.SWITCHYARD_MASTER_KEY_FILE;
  const file = named ?? join(home, 'master.key');
  if (found.SWITCHYARD_MASTER_KEY === undefined && !existsSync(file)) {
    if (named) throw new ConfigError(`SWITCHYARD_MASTER_KEY_FILE: ${file} does not exist`);
    makeKey(file);
  }
  const key = keyIn(found.SWITCHYARD_MASTER_KEY ?? readKey(file), 'the master key');
  // A previous one may be weak: that is how an installation gets rid of it.
  if (isRandom(key)) return key;
  throw new ConfigError(
    'the master key is not random, so it protects nothing; make one with: openssl rand -base64 32 (what is sealed with this one opens if you give it as SWITCHYARD_MASTER_KEY_PREVIOUS)',
  );
}

function keyIn(text: string, what: string): Uint8Array {
  // The decoder passes over what is not base64, and a key with a slip in it would open nothing.
  if (!/^[\w+/-]{43}=?$/.test(text.trim()))
    throw new ConfigError(`${what} must be 32 bytes in base64 (44 characters); make one with: openssl rand -base64 32`);
  return Buffer.from(text.trim(), 'base64');
}

function previousKeysFrom(found: Settings, home: string): Uint8Array[] {
  const named = found.SWITCHYARD_MASTER_KEY_PREVIOUS_FILE;
  const file = named ?? join(home, 'master.key.previous');
  if (named && !existsSync(file)) throw new ConfigError(`SWITCHYARD_MASTER_KEY_PREVIOUS_FILE: ${file} does not exist`);
  const lines = existsSync(file) ? readKey(file).split('\n') : [];
  return [...listOf(found.SWITCHYARD_MASTER_KEY_PREVIOUS), ...lines.filter((line) => line.trim() !== '')].map((text, at) =>
    keyIn(text, `previous master key ${at + 1}`),
  );
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** What one setting asks of another. */
function contradictions(found: Settings): string[] {
  const store = found.SWITCHYARD_SESSION_STORE === 'redis' && !found.REDIS_URL;
  return [
    ...weakSecrets(found),
    ...(store ? ['SWITCHYARD_SESSION_STORE: sessions in redis need REDIS_URL, which is not set'] : []),
    ...providerFaults(found),
  ];
}

const hostOf = (publicUrl: string | undefined): string => (publicUrl ? new URL(publicUrl).hostname : 'localhost');

const peopleFrom = (found: Settings) => ({
  name: found.SWITCHYARD_NAME,
  signup: found.SWITCHYARD_SIGNUP,
  signupDomains: listOf(found.SWITCHYARD_SIGNUP_DOMAINS).map((domain) => domain.toLowerCase()),
  oauthRegistration: found.SWITCHYARD_OAUTH_REGISTRATION,
  breachList: found.SWITCHYARD_BREACH_LIST && resolve(found.SWITCHYARD_BREACH_LIST),
  smtpUrl: found.SMTP_URL,
  mailFrom: found.SWITCHYARD_MAIL_FROM ?? `no-reply@${hostOf(found.SWITCHYARD_PUBLIC_URL)}`,
  smsUrl: found.SWITCHYARD_SMS_URL,
  slackUrl: found.SWITCHYARD_SLACK_URL.replace(/\/$/, ''),
  smsCountries: found.SWITCHYARD_SMS_COUNTRIES,
  providers: providersFrom(found),
  autoLink: found.SWITCHYARD_AUTO_LINK,
});

const redisFrom = (found: Settings): RedisConfig | undefined =>
  found.REDIS_URL
    ? { url: found.REDIS_URL, connections: found.SWITCHYARD_REDIS_CONNECTIONS, timeoutMs: found.SWITCHYARD_REDIS_TIMEOUT_MS }
    : undefined;

const zerotierFrom = (found: Settings): Config['zerotier'] => ({
  provider: found.ZT_PROVIDER,
  controllerUrl: found.ZT_CONTROLLER_URL,
  stateDir: found.ZT_STATE_DIR,
  stopCommand: found.ZT_STOP_COMMAND,
  startCommand: found.ZT_START_COMMAND,
});

const registriesFrom = (found: Settings): Config['registries'] => ({
  peeringdbUrl: found.SWITCHYARD_PEERINGDB_API_URL,
  peeringdbKey: found.SWITCHYARD_PEERINGDB_API_KEY,
  irrHost: found.SWITCHYARD_IRR_HOST,
  irrSources: found.SWITCHYARD_IRR_SOURCES,
});

/** Reads and checks the environment. Throws ConfigError with every fault at once. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.entries(environment).filter(([name, value]) => name in settings && value !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  const faults = [
    ...unknownKeys(environment),
    ...(parsed.success ? contradictions(parsed.data) : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
  ];
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults.join('\n'));
  const found = parsed.data;
  const home = resolve(found.SWITCHYARD_HOME);
  return {
    port: found.PORT,
    host: found.SWITCHYARD_HOST,
    publicUrl: found.SWITCHYARD_PUBLIC_URL,
    baseDomain: found.SWITCHYARD_BASE_DOMAIN,
    trustedProxies: listOf(found.SWITCHYARD_TRUSTED_PROXIES),
    home,
    databaseUrl: found.DATABASE_URL,
    masterKey: masterKeyFrom(found, home),
    previousMasterKeys: previousKeysFrom(found, home),
    logLevel: found.SWITCHYARD_LOG_LEVEL,
    metricsToken: found.SWITCHYARD_METRICS_TOKEN,
    demo: found.SWITCHYARD_DEMO,
    dnsPort: found.SWITCHYARD_DNS_PORT,
    drainSeconds: found.SWITCHYARD_DRAIN_SECONDS,
    drainDelaySeconds: found.SWITCHYARD_DRAIN_DELAY_SECONDS,
    poolSize: found.SWITCHYARD_POOL_SIZE,
    allowPrivateTargets: found.SWITCHYARD_ALLOW_PRIVATE_TARGETS,
    egressNetworks: listOf(found.SWITCHYARD_EGRESS_NETWORKS),
    aiTokensPerDay: found.SWITCHYARD_AI_TOKENS_PER_DAY,
    rateLimitFactor: found.SWITCHYARD_RATE_LIMIT_FACTOR,
    otlpEndpoint: found.OTEL_EXPORTER_OTLP_ENDPOINT,
    policyFiles: listOf(found.SWITCHYARD_POLICIES),
    ...peopleFrom(found),
    zerotier: zerotierFrom(found),
    registries: registriesFrom(found),
    redis: redisFrom(found),
    sessionStore: found.SWITCHYARD_SESSION_STORE ?? (found.REDIS_URL ? 'redis' : 'postgres'),
  };
}
