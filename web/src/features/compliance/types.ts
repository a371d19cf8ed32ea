/** Answer of `compliance.metrics`. */
export interface Metrics {
  from: string;
  to: string;
  queue: { pending: number; breaching: number; oldestAt: string | null };
  changes: { total: number; days: { day: string; outcome: Outcome; count: number }[] };
  violations: { total: number; days: { day: string; count: number }[]; heat: HeatCell[] };
  users: { id: string; name: string; changes: number; violations: number }[];
  approvals: {
    approved: number;
    rejected: number;
    expired: number;
    median: number | null;
    p90: number | null;
    classes: { upTo: number | null; count: number }[];
  };
  emergencies: { total: number; unreviewed: number };
  roles: { key: string; name: string; people: number }[] | null;
  drift: number | null;
}
export const OUTCOMES = ['succeeded', 'failed', 'refused', 'open'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export interface HeatCell {
  operation: string;
  environment: string | null;
  count: number;
}

export interface Report {
  id: string;
  kind: string;
  format: string;
  from: string;
  to: string;
  filters: Record<string, string>;
  cutoff: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  filename: string;
  rows: number;
  bytes: number;
  sha256: string | null;
  manifest: { keyId: string; signature: string } | null;
  problem: string | null;
  requestedBy: { id: string; name: string };
  createdAt: string;
}
export interface ReportKind {
  key: string;
  title: string;
  about: string;
  filters: string[];
  available: boolean;
}

export const FORMATS = ['csv', 'json', 'ndjson', 'pdf'] as const;
export const COVERS = ['day', 'week', 'month', 'quarter'] as const;
export interface Run {
  id: string;
  dueAt: string;
  state: 'running' | 'done' | 'failed';
  reportId: string | null;
  told: number;
  problem: string | null;
  endedAt: string | null;
}
/** Item of `reportSchedules.list`. */
export interface Schedule {
  id: string;
  name: string;
  kind: string;
  format: (typeof FORMATS)[number];
  filters: Record<string, string>;
  covers: (typeof COVERS)[number];
  cron: string;
  zone: string;
  recipients: { id: string; name: string }[];
  enabled: boolean;
  owner: { id: string; name: string };
  nextAt: string | null;
  last: Run | null;
  version: number;
}
