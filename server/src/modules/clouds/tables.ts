import { bigint, boolean, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Catalog, ObservedServer } from './providers/port.ts';
import type { ConnectionKind, ConnectionStatus, DesiredServer, DriftKind, FindingStatus, PassReport, Reason, ServerStatus } from './schemas.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const connections = tenantTable('cloud_connections', {
  name: text('name').notNull(),
  kind: text('kind').$type<ConnectionKind>().notNull(),
  config: jsonb('config').$type<Record<string, unknown>>().notNull(),
  /** Sealed JSON of the secret fields; null for kinds that have none. */
  credential: text('credential'),
  /** Last four characters, to tell two credentials apart. */
  credentialHint: text('credential_hint'),
  credentialSetAt: moment('credential_set_at'),
  /** For new resources that name none. */
  environment: text('environment'),
  status: text('status').$type<ConnectionStatus>().notNull(),
  statusReason: jsonb('status_reason').$type<Reason>(),
  identity: text('identity'),
  syncMinutes: integer('sync_minutes').notNull().default(5),
  /** End of the last complete pass. */
  lastSyncAt: moment('last_sync_at'),
  lastPass: jsonb('last_pass').$type<PassReport>(),
  /** Of the newest lease under which it was read; what comes with an older one is refused. */
  leaseToken: bigint('lease_token', { mode: 'number' }).notNull().default(0),
  /** First of the refusals in a row of the credential. */
  refusedAt: moment('refused_at'),
  probedAt: moment('probed_at'),
  /** No calls before: the provider did not answer. */
  circuitUntil: moment('circuit_until'),
  createdBy: text('created_by').notNull(),
  version: integer('version').notNull().default(1),
});
export type ConnectionRow = typeof connections.$inferSelect;

/** What a connection sells, as last read; id is the connection's. Plans read it here, so none waits for a provider. */
export const catalogs = tenantTable('cloud_catalogs', {
  catalog: jsonb('catalog').$type<Catalog>().notNull(),
});

export const servers = tenantTable('servers', {
  connectionId: uuid('connection_id').notNull(),
  externalId: text('external_id'),
  name: text('name').notNull(),
  description: text('description'),
  status: text('status').$type<ServerStatus>().notNull(),
  statusReason: jsonb('status_reason').$type<Reason>(),
  region: text('region').notNull(),
  zone: text('zone'),
  size: text('size').notNull(),
  image: text('image').notNull(),
  architecture: text('architecture').notNull(),
  vcpus: integer('vcpus').notNull(),
  memoryMb: integer('memory_mb').notNull(),
  diskGb: integer('disk_gb').notNull(),
  /** What counts against the quota: more than `vcpus` while it grows. */
  reservedVcpus: integer('reserved_vcpus').notNull(),
  publicIpv4: text('public_ipv4'),
  publicIpv6: text('public_ipv6'),
  environment: text('environment'),
  labels: jsonb('labels').$type<Record<string, string>>().notNull(),
  protected: boolean('protected').notNull(),
  /** As it should be; differences to `observed` are drift. */
  desired: jsonb('desired').$type<DesiredServer>().notNull(),
  observed: jsonb('observed').$type<ObservedServer>(),
  observedAt: moment('observed_at'),
  managed: text('managed').$type<'managed' | 'imported'>().notNull(),
  monthlyAmount: integer('monthly_amount').notNull(),
  currency: text('currency').notNull(),
  openFindings: integer('open_findings').notNull().default(0),
  /** The Change at work on it; one at a time. */
  changeId: uuid('change_id'),
  changeNumber: text('change_number'),
  /** When the last Change ended: findings rest for a minute after it. */
  changedAt: moment('changed_at'),
  madeBy: uuid('made_by').notNull(),
  /** First complete pass that did not show it. */
  missedAt: moment('missed_at'),
  purgeAfter: moment('purge_after'),
  /** The Change that asked for the deletion. */
  purgeChange: uuid('purge_change'),
  deletedAt: moment('deleted_at'),
  createdBy: text('created_by').notNull(),
  version: integer('version').notNull().default(1),
});
export type ServerRow = typeof servers.$inferSelect;

/** Intent journal: written and committed before a mutating call is sent, so that a lost answer is looked for, never repeated blindly. */
export const providerCalls = tenantTable('provider_calls', {
  connectionId: uuid('connection_id').notNull(),
  serverId: uuid('server_id'),
  changeId: uuid('change_id'),
  method: text('method').notNull(),
  attempt: integer('attempt').notNull(),
  inputDigest: text('input_digest').notNull(),
  /** Sequence of the server before the call: what has a greater one happened after it. */
  sequenceBefore: bigint('sequence_before', { mode: 'number' }),
  outcome: text('outcome').notNull(),
  code: text('code'),
  externalId: text('external_id'),
  action: text('action'),
  answeredAt: moment('answered_at'),
});

export const findings = tenantTable('drift_findings', {
  connectionId: uuid('connection_id').notNull(),
  serverId: uuid('server_id'),
  externalId: text('external_id').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<DriftKind>().notNull(),
  field: text('field').notNull(),
  before: jsonb('before').$type<unknown>(),
  after: jsonb('after').$type<unknown>(),
  /** Per month, minor units; null when unknown. */
  costDelta: integer('cost_delta'),
  currency: text('currency'),
  status: text('status').$type<FindingStatus>().notNull(),
  environment: text('environment'),
  lastSeenAt: moment('last_seen_at').notNull(),
  decidedBy: text('decided_by'),
  closedAt: moment('closed_at'),
});
export type FindingRow = typeof findings.$inferSelect;

/** What the tenant may have; id is the tenant's. The row is also the lock under which quota is counted. */
export const quotas = tenantTable('server_quotas', {
  servers: integer('servers').notNull(),
  vcpus: integer('vcpus').notNull(),
});

/** When somebody tried a credential out, for the hourly limit. */
export const validations = tenantTable('cloud_validations', {
  actorId: text('actor_id').notNull(),
});

/** A simulated cloud; id is the connection's. It stands for an outside system, so nothing refers to it. */
export const simulatedClouds = tenantTable('simulated_clouds', {
  control: jsonb('control').$type<unknown>().notNull(),
  world: jsonb('world').$type<unknown>().notNull(),
});
