export const ZONE_STATES = ['creating', 'active', 'updating', 'error', 'deleting', 'deleted', 'missing'] as const;
export type ZoneState = (typeof ZONE_STATES)[number];

export interface Zone {
  id: string;
  name: string;
  /** With the letters that A-labels stand for. */
  unicodeName: string;
  connectionId: string;
  provider: 'embedded' | 'rfc2136';
  environment: string | null;
  labels: Record<string, string>;
  state: ZoneState;
  stateReason: string | null;
  serial: number | null;
  defaultTtl: number;
  protection: { delete: boolean };
  nameservers: string[];
  recordCount: number;
  /** Number of the newest version in the history. */
  revision: number;
  openChange: { id: string; number: string | null } | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** `name` is absolute without the final dot; `value` in presentation form. */
export interface DnsRecord {
  id: string;
  zoneId: string;
  name: string;
  unicodeName?: string;
  type: string;
  ttl: number;
  value: string;
  comment: string | null;
}
