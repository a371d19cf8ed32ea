import type { Json, Money } from '#lib/types.ts';

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

/** What can be asked for one server. */
export const SERVER_ACTIONS = ['start', 'stop', 'reboot', 'resize', 'update', 'protect', 'unprotect', 'undelete', 'delete'] as const;
export type ServerAction = (typeof SERVER_ACTIONS)[number];

export interface Reason {
  code: string;
  text: string;
  at: string;
}
export interface Server {
  id: string;
  connectionId: string;
  externalId: string | null;
  name: string;
  description: string | null;
  status: ServerStatus;
  statusReason: Reason | null;
  region: string;
  zone: string | null;
  size: string;
  image: string;
  architecture: string;
  vcpus: number;
  memoryMb: number;
  diskGb: number;
  publicIpv4: string | null;
  publicIpv6: string | null;
  environment: string | null;
  labels: Record<string, string>;
  protection: { delete: boolean };
  managed: 'managed' | 'imported';
  cost: { monthly: Money };
  drift: { state: 'none' | 'open'; open: number };
  openChange: { id: string; number: string | null } | null;
  /** When a deleted server is gone for good. */
  purgeAfter: string | null;
  lastObservedAt: string | null;
  deletedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export const CONNECTION_KINDS = ['simulated', 'rfc2136', 'embedded-dns'] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];
export interface Connection {
  id: string;
  name: string;
  kind: ConnectionKind;
  config: Record<string, Json>;
  /** The last characters of the secret, to tell two apart. */
  credential: { hint: string; setAt: string } | null;
  environment: string | null;
  status: 'active' | 'degraded' | 'auth_failed' | 'unreachable' | 'paused';
  statusReason: Reason | null;
  identity: string | null;
  syncMinutes: number;
  lastSyncAt: string | null;
  lastPass: { at: string; complete: boolean; seen: number; known: number; opened: number; closed: number; problem: string | null } | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}
/** As the list has it. */
export interface ListedConnection extends Connection {
  servers: number;
  openFindings: number;
}
export interface Validation {
  ok: boolean;
  identity: string | null;
  checks: { name: string; ok: boolean; detail: string; remedy: string | null }[];
  warnings: string[];
}

export interface Region {
  id: string;
  name: string;
  country: string;
  zones: string[];
}
export interface Size {
  id: string;
  architecture: string;
  vcpus: number;
  memoryMb: number;
  diskGb: number;
  regions: string[];
  monthly: Money;
  /** Decimal string in the currency of `monthly`. */
  hourly: string;
  /** After this it cannot be ordered any more. */
  endsAt: string | null;
}
export interface Image {
  id: string;
  os: string;
  architecture: string;
  minDiskGb: number;
  endsAt: string | null;
}
export interface Catalog {
  regions: Region[];
  sizes: Size[];
  images: Image[];
}
