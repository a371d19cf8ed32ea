import { z } from 'zod';
import { Money } from '#kernel/plan.ts';
import { SimulatorSettings } from './simulator.ts';

export const SERVER_STATUSES = [
  'requested',
  'creating',
  'running',
  'stopping',
  'stopped',
  'starting',
  'rebooting',
  'resizing',
  'pending_delete',
  'deleting',
  'deleted',
  'missing',
  'error',
  'unknown',
] as const;
export type ServerStatus = (typeof SERVER_STATUSES)[number];

export const Reason = z.object({ code: z.string(), text: z.string(), at: z.string() });
export type Reason = z.output<typeof Reason>;

/** What the provider is asked to keep; the rest of a server is our own. */
export interface DesiredServer {
  name: string;
  size: string;
  labels: Record<string, string>;
  protected: boolean;
  power: 'on' | 'off';
}

export const serverName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'small letters, digits and "-", 1 to 63, beginning and ending with a letter or digit')
  .meta({ title: 'Name', help: 'Becomes the host name', examples: ['web-1'] });
export const environmentName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'small letters, digits and "-", at most 31')
  .meta({ title: 'Environment', help: '`prod` asks for approvals and protects by default', examples: ['dev', 'staging', 'prod'] });
export const id = z.uuid().meta({ title: 'Id' });

export const Server = z.object({
  id: z.string(),
  connectionId: z.string(),
  externalId: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(SERVER_STATUSES),
  statusReason: Reason.nullable(),
  region: z.string(),
  zone: z.string().nullable(),
  size: z.string(),
  image: z.string(),
  architecture: z.string(),
  vcpus: z.int(),
  memoryMb: z.int(),
  diskGb: z.int(),
  publicIpv4: z.string().nullable(),
  publicIpv6: z.string().nullable(),
  environment: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  protection: z.object({ delete: z.boolean() }),
  managed: z.enum(['managed', 'imported']),
  cost: z.object({ monthly: Money }),
  drift: z.object({ state: z.enum(['none', 'open']), open: z.int() }),
  openChange: z.object({ id: z.string(), number: z.string().nullable() }).nullable(),
  purgeAfter: z.string().nullable().meta({ title: 'Deleted for good after' }),
  lastObservedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Server = z.output<typeof Server>;

export const CONNECTION_KINDS = ['simulated', 'rfc2136', 'embedded-dns'] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];
const CONNECTION_STATUSES = ['active', 'degraded', 'auth_failed', 'unreachable', 'paused'] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

const TSIG_ALGORITHMS = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const;
const hostOrAddress = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$|^::[0-9A-Fa-f:.]*$/, 'a host name or an IP address');

const Rfc2136Settings = z.strictObject({
  server: hostOrAddress.meta({ title: 'Server', help: 'Host name or address of the primary', examples: ['ns1.example.net'] }),
  port: z.number().int().min(1).max(65_535).default(53).meta({ title: 'Port' }),
  tsigName: z
    .string()
    .min(1)
    .max(253)
    .meta({ title: 'TSIG key name', examples: ['switchyard.'] }),
  tsigAlgorithm: z.enum(TSIG_ALGORITHMS).default('hmac-sha256').meta({ title: 'TSIG algorithm' }),
  zone: z
    .string()
    .min(1)
    .max(253)
    .optional()
    .meta({ title: 'Zone to test with', help: 'The SOA of this zone is asked for when the connection is validated' }),
});

export const CredentialInput = z
  .object({
    tsigSecret: z
      .string()
      .regex(/^([A-Za-z0-9+/]{4,684}={0,2}|secret:\/\/\S{1,200})$/, 'base64, or secret://NAME')
      .optional()
      .meta({ title: 'TSIG secret', help: 'Base64, for kind rfc2136; or secret://NAME, for one that is stored under Secrets', secret: true }),
  })
  .optional()
  .meta({ title: 'Credential' });
export const ConfigInput = z
  .record(z.string(), z.json())
  .default({})
  .meta({ title: 'Settings', help: 'Those of the kind: seed, or server, port, tsigName and tsigAlgorithm', widget: 'connection-config' });
export const connectionName = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$/, 'letters, digits, spaces, "-", "_" and ".", at most 64')
  .meta({ title: 'Name', examples: ['production'] });
export const syncMinutes = z.int().min(1).max(60).meta({ title: 'Minutes between full passes' });

/** Settings of each kind. */
export const CONFIGS: Record<ConnectionKind, z.ZodObject> = {
  simulated: SimulatorSettings,
  rfc2136: Rfc2136Settings,
  'embedded-dns': z.strictObject({}),
};

export const Check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), remedy: z.string().nullable() });
export const Validation = z.object({ ok: z.boolean(), identity: z.string().nullable(), checks: z.array(Check), warnings: z.array(z.string()) });
export type Validation = z.output<typeof Validation>;

/** How a pass over a connection went. */
export const PassReport = z.object({
  at: z.string(),
  complete: z.boolean(),
  seen: z.int(),
  known: z.int(),
  opened: z.int(),
  closed: z.int(),
  problem: z.string().nullable(),
});
export type PassReport = z.output<typeof PassReport>;

export const Connection = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CONNECTION_KINDS),
  config: z.record(z.string(), z.json()),
  credential: z.object({ hint: z.string(), setAt: z.string() }).nullable(),
  environment: z.string().nullable(),
  status: z.enum(CONNECTION_STATUSES),
  statusReason: Reason.nullable(),
  identity: z.string().nullable(),
  syncMinutes: z.int(),
  lastSyncAt: z.string().nullable(),
  lastPass: PassReport.nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Connection = z.output<typeof Connection>;

export const Capabilities = z.object({
  power: z.array(z.string()),
  resizeWhileRunning: z.boolean(),
  growDisk: z.boolean(),
  deletionProtection: z.boolean(),
  labels: z.boolean(),
  rename: z.boolean(),
});

export const ConnectionDetail = Connection.extend({
  /** Null for kinds that have no servers. */
  capabilities: Capabilities.nullable(),
  servers: z.int(),
  openFindings: z.int(),
});

export const CatalogView = z.object({
  priceList: z.string(),
  regions: z.array(z.object({ id: z.string(), name: z.string(), country: z.string(), zones: z.array(z.string()) })),
  sizes: z.array(
    z.object({
      id: z.string(),
      architecture: z.enum(['x86', 'arm']),
      vcpus: z.int(),
      memoryMb: z.int(),
      diskGb: z.int(),
      regions: z.array(z.string()),
      monthly: Money,
      hourly: z.string(),
      endsAt: z.string().nullable(),
    }),
  ),
  images: z.array(
    z.object({ id: z.string(), os: z.string(), architecture: z.enum(['x86', 'arm']), minDiskGb: z.int(), endsAt: z.string().nullable() }),
  ),
  quota: z.object({ servers: z.int(), vcpus: z.int() }).nullable(),
  /** When the provider said so. */
  readAt: z.string(),
  stale: z.boolean(),
});

export const DRIFT_KINDS = ['missing', 'changed', 'unmanaged', 'orphan', 'duplicate'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];
export const FINDING_STATUSES = ['open', 'ignored', 'adopted', 'forgotten', 'closed'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export const Finding = z.object({
  id: z.string(),
  connectionId: z.string(),
  serverId: z.string().nullable(),
  externalId: z.string(),
  name: z.string(),
  kind: z.enum(DRIFT_KINDS),
  field: z.string(),
  before: z.json().nullable(),
  after: z.json().nullable(),
  costDelta: Money.nullable().meta({ title: 'Cost effect per month' }),
  environment: z.string().nullable(),
  status: z.enum(FINDING_STATUSES),
  since: z.string(),
  lastSeenAt: z.string(),
  closedAt: z.string().nullable(),
});
export type Finding = z.output<typeof Finding>;
