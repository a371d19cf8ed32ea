import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { providerSettings } from './provider-settings.ts';

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
const port = z.coerce.number().int().min(0).max(65_535);
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** `no-reply@example.com`, or with a name in front: `Acme <no-reply@example.com>`. */
export const SENDER = /^(?:[^<>"\r\n]{1,100}\s)?<?[^\s@<>",;:]{1,64}@[^\s@<>",;:]{1,190}>?$/;
const HOST = /^(?=.{3,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

const network = {
  PORT: port.default(8420).describe('Port of the web application and API'),
  SWITCHYARD_HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  SWITCHYARD_PUBLIC_URL: z.url().optional().describe('Address that browsers use, when a proxy stands in front'),
  SWITCHYARD_BASE_DOMAIN: z.string().regex(HOST, 'a domain such as switchyard.example').optional().describe('Domain below which every tenant has its own name: acme.<domain>'), // prettier-ignore
  SWITCHYARD_TRUSTED_PROXIES: z.string().optional().describe('Addresses or ranges, with commas, of proxies whose X-Forwarded-For counts'),
  SWITCHYARD_ALLOW_PRIVATE_TARGETS: flag.default(false).describe('Let connections point at private and loopback addresses (a lab)'),
  SWITCHYARD_EGRESS_NETWORKS: z.string().refine((text) => text.split(',').every((cidr) => ipaddr.isValidCIDR(cidr.trim())), 'networks such as 10.20.0.0/16, with commas').optional().describe('Private networks, with commas, that tenants may open for their workflows; none when left out'), // prettier-ignore
  SWITCHYARD_RATE_LIMIT_FACTOR: z.coerce.number().min(0.1).max(1_000_000).default(1).describe('Multiplies every request quota; for load tests'),
} as const;

const storage = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional().describe('PostgreSQL 15 or newer; without it an embedded PostgreSQL is started'), // prettier-ignore
  SWITCHYARD_POOL_SIZE: whole(2, 200).default(10).describe('Database connections for tenant work in one process'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis 6.2 or newer, or Valkey; may be left out'),
  SWITCHYARD_REDIS_CONNECTIONS: whole(1, 64).default(4).describe('Connections to Redis in one process'),
  SWITCHYARD_REDIS_TIMEOUT_MS: whole(50, 10_000).default(1_000).describe('How long one answer of Redis may take before the call fails'),
  SWITCHYARD_SESSION_STORE: z.enum(['postgres', 'redis']).optional().describe('Where sessions live; default redis when REDIS_URL is set, else postgres'), // prettier-ignore
  SWITCHYARD_HOME: z.string().default('.switchyard').describe('Folder for the embedded database, keys, demo logins and unsent mail'),
  SWITCHYARD_MASTER_KEY: z.string().optional().describe('32 bytes in base64; wraps the keys that seal secrets'),
  SWITCHYARD_MASTER_KEY_FILE: z.string().optional().describe('File with the master key, mode 0600; default <home>/master.key, made at first start'),
  SWITCHYARD_MASTER_KEY_PREVIOUS: z.string().optional().describe('Further master keys, with commas, that may open what is not wrapped anew yet'),
  SWITCHYARD_MASTER_KEY_PREVIOUS_FILE: z.string().optional().describe('File with further master keys, one a line, mode 0600; default <home>/master.key.previous, if it is there'), // prettier-ignore
} as const;

const people = {
  SWITCHYARD_NAME: z.string().trim().regex(/^\P{Cc}{1,60}$/u, '1 to 60 characters, no control characters').default('Switchyard').describe('What this installation calls itself, in mails and authenticators'), // prettier-ignore
  SWITCHYARD_SIGNUP: z.enum(['open', 'invite_only', 'closed']).default('open').describe('Who may make an account: anyone, the invited, or nobody'),
  SWITCHYARD_SIGNUP_DOMAINS: z.string().optional().describe('Mail domains, with commas, whose people may sign up; all when left out'),
  SWITCHYARD_OAUTH_REGISTRATION: z.enum(['open', 'closed']).default('closed').describe('Whether agents (MCP clients) may register themselves, as RFC 7591 has it'), // prettier-ignore
  SWITCHYARD_BREACH_LIST: z.string().optional().describe('File of leaked passwords: sorted SHA-1 hashes in hex, one a line; without it only common ones are refused'), // prettier-ignore
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server; without it mails are written to <home>/mail'),
  SWITCHYARD_MAIL_FROM: z.string().regex(SENDER, 'an address, or: Name <address>').optional().describe('Sender of mails; default no-reply at the host of the public address'), // prettier-ignore
  SWITCHYARD_SLACK_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com').describe('Where Slack is; https://slack-gov.com for its government cloud'), // prettier-ignore
  SWITCHYARD_SMS_COUNTRIES: z.string().regex(/^\s*[A-Za-z]{2}(\s*,\s*[A-Za-z]{2})*\s*$/, 'country codes with commas, such as DE,AT,CH').optional().describe('Countries that SMS goes to, as ISO 3166 codes with commas; all when left out'), // prettier-ignore
  SWITCHYARD_SMS_URL: z
    .string()
    .regex(/^(twilio(\+https?)?:\/\/|https?:\/\/|log:)/, 'begins with twilio://, https:// or log:')
    .optional()
    .describe('SMS: twilio://SID:TOKEN@api.twilio.com?from=+1…, https://… or log:; without it texts are written to <home>/sms'),
} as const;

const running = {
  SWITCHYARD_POLICIES: z.string().optional().describe('Files, with commas, of policy sets that hold above those of every tenant'),
  SWITCHYARD_AI_TOKENS_PER_DAY: whole(0, 1_000_000_000_000).optional().describe('Tokens of models that all tenants together may use in a day (UTC); no limit when left out'), // prettier-ignore
  SWITCHYARD_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('Least severe log level that is written'), // prettier-ignore
  SWITCHYARD_METRICS_TOKEN: z.string().min(16).optional().describe('Bearer token for /metrics; without it only loopback may read them'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('OpenTelemetry collector (OTLP over HTTP); without it nothing is traced'),
  SWITCHYARD_DRAIN_SECONDS: whole(1, 300).default(30).describe('How long running requests and jobs may take to end at shutdown'),
  SWITCHYARD_DRAIN_DELAY_SECONDS: whole(0, 60).default(0).describe('Wait between "not ready" and closing the port, for load balancers'),
  SWITCHYARD_DEMO: flag.default(false).describe('Seed the demo tenant, simulated cloud and embedded DNS'),
  SWITCHYARD_DNS_PORT: port.default(8453).describe('UDP and TCP port of the embedded DNS server on loopback (demo only)'),
} as const;

const exchange = {
  ZT_PROVIDER: z.enum(['self_hosted_controller', 'central']).default('self_hosted_controller').describe('Kind of the ZeroTier controllers under peering LANs: controllers of one\'s own, or ZeroTier Central'), // prettier-ignore
  ZT_CONTROLLER_URL: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')).optional().describe('ZeroTier controller of the installation, such as http://127.0.0.1:9993; tenants who have its token may use it'), // prettier-ignore
  ZT_STATE_DIR: z.string().regex(/^\//, 'an absolute path').optional().describe('Folder of that controller, such as /var/lib/zerotier-one: it can then be backed up; every process that works needs it'), // prettier-ignore
  ZT_STOP_COMMAND: z.string().optional().describe('Stops that controller, such as systemctl stop zerotier-one: words without a shell. Needed to restore it'), // prettier-ignore
  ZT_START_COMMAND: z.string().optional().describe('Starts that controller, also when it runs already, such as systemctl start zerotier-one'),
  SWITCHYARD_PEERINGDB_API_URL: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')).optional().describe('Where PeeringDB is asked about networks of exchanges, such as https://www.peeringdb.com/api; without it nobody is asked'), // prettier-ignore
  SWITCHYARD_PEERINGDB_API_KEY: z.string().regex(/^[\w.-]{8,200}$/, '8 to 200 letters, digits, dots and dashes').optional().describe('Key for that API, which then answers more often'), // prettier-ignore
  SWITCHYARD_IRR_HOST: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?$/, 'host or host:port').optional().describe('IRRd that is asked, with bgpq4, what networks of exchanges may announce, such as rr.ntt.net; without it nobody is asked'), // prettier-ignore
  SWITCHYARD_IRR_SOURCES: z.string().regex(/^[A-Z0-9][A-Z0-9-]*(,[A-Z0-9][A-Z0-9-]*)*$/, 'names of registries with commas, such as RIPE,ARIN,RADB').optional().describe('Registries that it looks into, the most trusted first; those of the host when left out'), // prettier-ignore
} as const;

/** Every setting by what it is about, with what it means; `switchyard config check` prints it. Nothing else reads the environment. */
export const GROUPS = { network, storage, people, providers: providerSettings, exchange, running } as const;
export const settings = { ...network, ...storage, ...people, ...providerSettings, ...exchange, ...running } as const;
export const settingsSchema = z.object(settings);
export type Settings = z.infer<typeof settingsSchema>;

/** Read by the command line client, not by the server. */
export const CLIENT_KEYS: ReadonlySet<string> = new Set([
  'SWITCHYARD_URL',
  'SWITCHYARD_API_KEY',
  'SWITCHYARD_TENANT',
  'SWITCHYARD_CONTEXT',
  'SWITCHYARD_CONFIG_DIR',
]);

export interface DescribedSetting {
  name: string;
  group: string;
  meaning: string;
  fallback: string;
}

/** Name, meaning and default of every setting. */
export const describeSettings = (): DescribedSetting[] =>
  Object.entries(GROUPS).flatMap(([group, members]) =>
    Object.entries(members).map(([name, setting]) => {
      const byDefault = setting.safeParse(undefined);
      return {
        name,
        group,
        meaning: setting.description ?? '',
        fallback: byDefault.success && byDefault.data !== undefined ? String(byDefault.data) : '',
      };
    }),
  );
