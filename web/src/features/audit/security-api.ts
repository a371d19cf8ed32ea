import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import type { Query } from '#lib/api.ts';

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export const STATES = ['new', 'acknowledged', 'investigating', 'resolved', 'false_positive'] as const;
export const ACTIONS = ['none', 'mail', 'suspend'] as const;

export interface SecurityEvent {
  id: string;
  rule: string;
  severity: (typeof SEVERITIES)[number];
  state: (typeof STATES)[number];
  actor: { id: string; name: string | null } | null;
  ip: string | null;
  facts: Record<string, string | number | boolean | null>;
  count: number;
  firstAt: string;
  lastAt: string;
  action: (typeof ACTIONS)[number];
  note: string | null;
  decidedBy: { id: string; name: string; at: string } | null;
  version: number;
}
export interface SecurityRule {
  id: string;
  enabled: boolean;
  count: number;
  windowSeconds: number;
  severity: (typeof SEVERITIES)[number];
  action: (typeof ACTIONS)[number];
  group: 'actor' | 'ip' | 'tenant';
  changed: boolean;
}

const TABS = ['events', 'rules'] as const;
export interface SecuritySearch {
  tab?: (typeof TABS)[number];
  state?: (typeof STATES)[number];
  severity?: (typeof SEVERITIES)[number];
  /** Closed ones too. */
  all?: boolean;
  /** Id of the event that is open. */
  event?: string;
}
export const securitySearch = (raw: RawSearch): SecuritySearch =>
  compact<SecuritySearch>({
    tab: raw['tab'] === 'rules' ? 'rules' : undefined,
    state: oneOf(STATES, raw['state']),
    severity: oneOf(SEVERITIES, raw['severity']),
    all: raw['all'] === true ? true : undefined,
    event: textOf(raw['event'], 36),
  });

export const securityQuery = ({ state, severity, all }: SecuritySearch): Query => ({ state, severity, open: all || state ? undefined : true });
