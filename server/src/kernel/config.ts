import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
const port = z.coerce.number().int().min(0).max(65_535);

/** Every setting, with what it means; `switchyard config check` prints it. Nothing else reads the environment. */
const settings = {
  PORT: port.default(8420).describe('Port of the web application and API'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15 or newer; without it an embedded PostgreSQL is started'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('OpenTelemetry collector (OTLP over HTTP); without it nothing is traced'),
  SWITCHYARD_HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  SWITCHYARD_PUBLIC_URL: z.url().optional().describe('Address that browsers use, when a proxy stands in front'),
  SWITCHYARD_TRUSTED_PROXIES: z.string().optional().describe('Addresses or ranges, with commas, of proxies whose X-Forwarded-For counts'),
  SWITCHYARD_HOME: z.string().default('.switchyard').describe('Folder for the embedded database, keys and demo logins'),
  SWITCHYARD_MASTER_KEY: z.string().optional().describe('32 bytes in base64; seals secrets and derives the database roles’ passwords'),
  SWITCHYARD_MASTER_KEY_FILE: z.string().optional().describe('File with the master key, mode 0600; default <home>/master.key, made at first start'),
  SWITCHYARD_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe log level that is written'),
  SWITCHYARD_METRICS_TOKEN: z.string().min(16).optional().describe('Bearer token for /metrics; without it only loopback may read them'),
  SWITCHYARD_DEMO: flag.default(false).describe('Seed the demo tenant, simulated cloud and embedded DNS'),
  SWITCHYARD_DNS_PORT: port.default(8453).describe('UDP and TCP port of the embedded DNS server on loopback (demo only)'),
  SWITCHYARD_DRAIN_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(300)
    .default(30)
    .describe('How long running requests and jobs may take to end at shutdown'),
  SWITCHYARD_DRAIN_DELAY_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60)
    .default(0)
    .describe('Wait between "not ready" and closing the port, for load balancers'),
  SWITCHYARD_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10).describe('Database connections for tenant work in one process'),
  SWITCHYARD_ALLOW_PRIVATE_TARGETS: flag.default(false).describe('Let connections point at private and loopback addresses (a lab)'),
  SWITCHYARD_RATE_LIMIT_FACTOR: z.coerce.number().min(0.1).max(1_000_000).default(1).describe('Multiplies every request quota; for load tests'),
} as const;
const schema = z.object(settings);
export type Settings = z.infer<typeof schema>;

export interface Config {
  port: number;
  host: string;
  publicUrl: string | undefined;
  trustedProxies: readonly string[];
  home: string;
  databaseUrl: string | undefined;
  masterKey: Uint8Array;
  logLevel: Settings['SWITCHYARD_LOG_LEVEL'];
  metricsToken: string | undefined;
  demo: boolean;
  dnsPort: number;
  drainSeconds: number;
  drainDelaySeconds: number;
  poolSize: number;
  allowPrivateTargets: boolean;
  rateLimitFactor: number;
  otlpEndpoint: string | undefined;
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
/** Read by the command line client, not by the server. */
const CLIENT_KEYS = new Set(['SWITCHYARD_URL', 'SWITCHYARD_API_KEY', 'SWITCHYARD_TENANT', 'SWITCHYARD_CONFIG_DIR']);

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
  const text = (found.SWITCHYARD_MASTER_KEY ?? readKey(file)).trim();
  // The decoder passes over what is not base64, and a key with a slip in it would open nothing.
  if (!/^[\w+/-]{43}=?$/.test(text))
    throw new ConfigError('the master key must be 32 bytes in base64 (44 characters); make one with: openssl rand -base64 32');
  return Buffer.from(text, 'base64');
}

/** Reads and checks the environment. Throws ConfigError with every fault at once. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(environment).filter(([name, value]) => name in settings && value !== '')));
  const faults = [
    ...unknownKeys(environment),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
  ];
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults.join('\n'));
  const found = parsed.data;
  const home = resolve(found.SWITCHYARD_HOME);
  return {
    port: found.PORT,
    host: found.SWITCHYARD_HOST,
    publicUrl: found.SWITCHYARD_PUBLIC_URL,
    trustedProxies: (found.SWITCHYARD_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean),
    home,
    databaseUrl: found.DATABASE_URL,
    masterKey: masterKeyFrom(found, home),
    logLevel: found.SWITCHYARD_LOG_LEVEL,
    metricsToken: found.SWITCHYARD_METRICS_TOKEN,
    demo: found.SWITCHYARD_DEMO,
    dnsPort: found.SWITCHYARD_DNS_PORT,
    drainSeconds: found.SWITCHYARD_DRAIN_SECONDS,
    drainDelaySeconds: found.SWITCHYARD_DRAIN_DELAY_SECONDS,
    poolSize: found.SWITCHYARD_POOL_SIZE,
    allowPrivateTargets: found.SWITCHYARD_ALLOW_PRIVATE_TARGETS,
    rateLimitFactor: found.SWITCHYARD_RATE_LIMIT_FACTOR,
    otlpEndpoint: found.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}

/** Name, meaning and default of every setting. */
export const describeSettings = (): { name: string; meaning: string; fallback: string }[] =>
  Object.entries(settings).map(([name, setting]) => {
    const byDefault = setting.safeParse(undefined);
    return { name, meaning: setting.description ?? '', fallback: byDefault.success && byDefault.data !== undefined ? String(byDefault.data) : '' };
  });
