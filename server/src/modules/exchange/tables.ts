import { bigint, boolean, cidr, inet, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { PeeringdbFacts } from './facts/facts.ts';
import type { IrrMode } from './render/irr.ts';
import type { Access, ApprovalMode } from './joining/rules.ts';
import type { Health } from './observing/rules.ts';
import type { ConnectionState, Ipv4Mode, RpkiMode, RtrServer } from './schemas.ts';

export const fabrics = tenantTable('exchange_fabrics', {
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  rsAsn: bigint('rs_asn', { mode: 'number' }).notNull(),
  ipv6Prefix: cidr('ipv6_prefix').notNull(),
  ipv4Prefix: cidr('ipv4_prefix'),
  ipv4Mode: text('ipv4_mode').$type<Ipv4Mode>().notNull(),
  mtu: integer('mtu').notNull(),
  rpkiMode: text('rpki_mode').$type<RpkiMode>().notNull(),
  irrMode: text('irr_mode').$type<IrrMode>().notNull().default('tag'),
  access: text('access').$type<Access>().notNull().default('restricted'),
  approvalMode: text('approval_mode').$type<ApprovalMode>().notNull().default('manual_admin'),
  /** The person in whose name the rule agrees. */
  approvalBy: uuid('approval_by'),
  approvalByName: text('approval_by_name'),
  allowPrivateAsns: boolean('allow_private_asns').notNull().default(false),
  published: boolean('published').notNull().default(false),
  lookingglassPublic: boolean('lookingglass_public').notNull().default(false),
  ixfId: integer('ixf_id'),
  peeringdbIxId: integer('peeringdb_ix_id'),
  /** The network that it was on when it was taken off with members on it. */
  orphanedFrom: text('orphaned_from'),
  version: integer('version').notNull().default(1),
});
export type FabricRow = typeof fabrics.$inferSelect;

export const participants = tenantTable('exchange_participants', {
  asn: bigint('asn', { mode: 'number' }).notNull(),
  name: text('name').notNull(),
  asSet: text('as_set'),
  maxPrefixesV4: integer('max_prefixes_v4'),
  maxPrefixesV6: integer('max_prefixes_v6'),
  nocEmail: text('noc_email'),
  policyUrl: text('policy_url'),
  nameHidden: boolean('name_hidden').notNull().default(false),
  peeringdb: jsonb('peeringdb').$type<PeeringdbFacts>(),
  peeringdbAt: timestamp('peeringdb_at', { withTimezone: true }),
  peeringdbTriedAt: timestamp('peeringdb_tried_at', { withTimezone: true }),
  peeringdbProblem: text('peeringdb_problem'),
  version: integer('version').notNull().default(1),
});
export type ParticipantRow = typeof participants.$inferSelect;

export const connections = tenantTable('exchange_connections', {
  fabricId: uuid('fabric_id').notNull(),
  participantId: uuid('participant_id').notNull(),
  /** Part of the names on route servers: it never changes. */
  tag: text('tag').notNull(),
  addressV6: inet('address_v6').notNull(),
  addressV4: inet('address_v4'),
  state: text('state').$type<ConnectionState>().notNull(),
  roleStrict: boolean('role_strict').notNull(),
  health: text('health').$type<Health>(),
  version: integer('version').notNull().default(1),
});
export type ConnectionRow = typeof connections.$inferSelect;

export const routeServers = tenantTable('exchange_route_servers', {
  fabricId: uuid('fabric_id').notNull(),
  handle: text('handle').notNull(),
  name: text('name').notNull(),
  addressV6: inet('address_v6').notNull(),
  addressV4: inet('address_v4'),
  routerId: inet('router_id').notNull(),
  rtrServers: jsonb('rtr_servers').$type<RtrServer[]>().notNull(),
  version: integer('version').notNull().default(1),
});
export type RouteServerRow = typeof routeServers.$inferSelect;
