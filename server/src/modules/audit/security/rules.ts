import type { AuditRow } from '../tables.ts';

export const RULE_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type RuleSeverity = (typeof RULE_SEVERITIES)[number];
/** Beside raising the event: nothing, telling those who look after security, or that and ending the person's sessions in the tenant. */
export const RULE_ACTIONS = ['none', 'mail', 'suspend'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** Which entries of the trail count; every field given must fit. `operation` may end in `*`. */
export interface EntryMatch {
  operation?: readonly string[];
  result?: readonly AuditRow['result'][];
  code?: readonly string[];
  rules?: string;
}

/** A rule as data: so many sightings of one kind within a window, by one group, raise an event. */
export interface Rule {
  key: string;
  severity: RuleSeverity;
  count: number;
  windowSeconds: number;
  group: 'actor' | 'ip' | 'tenant';
  action: RuleAction;
  /** Entries of the audit trail … */
  entry?: EntryMatch;
  /** … lines in the trails of persons … */
  activity?: readonly string[];
  /** … or announcements. */
  event?: readonly string[];
  enabled?: boolean;
}

const HOUR = 3_600;
const once = { count: 1, windowSeconds: HOUR, group: 'actor', action: 'none' } as const;

/** As delivered; a tenant may set count, window, severity and action otherwise. */
export const RULES: readonly Rule[] = [
  { ...once, key: 'auth-failed-burst', severity: 'medium', count: 10, windowSeconds: 900, activity: ['auth.login_failed', 'auth.mfa_failed'] },
  { ...once, key: 'lockout', severity: 'high', action: 'mail', activity: ['auth.locked'] },
  { ...once, key: 'new-place', severity: 'low', activity: ['auth.new_place'] },
  { ...once, key: 'not-me', severity: 'critical', action: 'mail', activity: ['auth.not_me'] },
  { ...once, key: 'refresh-reuse', severity: 'critical', action: 'suspend', activity: ['auth.refresh_reuse'] },
  { ...once, key: 'mfa-reset', severity: 'high', action: 'mail', activity: ['auth.mfa_reset'] },
  { ...once, key: 'factor-changed', severity: 'medium', activity: ['auth.mfa_enabled', 'auth.mfa_disabled', 'auth.phone_changed', 'auth.backup_codes_regenerated'] },
  { ...once, key: 'password-changed', severity: 'low', activity: ['auth.password_changed', 'auth.password_reset'] },
  { ...once, key: 'passkey-added', severity: 'medium', activity: ['auth.passkey_added'] },
  { ...once, key: 'identity-linked', severity: 'medium', activity: ['auth.identity_linked'] },
  { ...once, key: 'break-glass', severity: 'critical', action: 'mail', activity: ['auth.sso_bypassed'], entry: { rules: 'emergency' } },
  { ...once, key: 'key-created', severity: 'low', entry: { operation: ['apiKeys.create', 'apiKeys.rotate'], result: ['success'] } },
  { ...once, key: 'secret-exported', severity: 'high', action: 'mail', entry: { operation: ['secrets.export'], result: ['success'] } },
  { ...once, key: 'support-access', severity: 'high', action: 'mail', entry: { operation: ['supportAccess.*'], result: ['success'] } },
  { ...once, key: 'denied-burst', severity: 'medium', count: 20, windowSeconds: 600, entry: { result: ['denied'], code: ['permission-denied', 'scope-denied', 'insufficient-token-scope', 'policy-denied'] } },
  { ...once, key: 'step-up-failed', severity: 'medium', count: 5, windowSeconds: 900, entry: { operation: ['auth.stepUp', 'auth.mfa.challenge'], result: ['failure', 'denied'] } },
  { ...once, key: 'self-approval', severity: 'medium', entry: { code: ['self-approval-forbidden'] } },
  { ...once, key: 'rate-limit-abuse', severity: 'medium', count: 100, windowSeconds: 600, entry: { code: ['rate-limited'] } },
  { ...once, key: 'tenant-crossing', severity: 'high', action: 'mail', group: 'tenant', event: ['security.event'] },
  { ...once, key: 'chain-broken', severity: 'critical', action: 'mail', group: 'tenant', event: ['audit.chain_broken'] },
  { ...once, key: 'secret-undecryptable', severity: 'critical', action: 'mail', group: 'tenant', event: ['secret.undecryptable', 'sealing.failed'] },
]; // prettier-ignore

const named = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));

/** Does the entry count for the rule? */
export const matches = ({ entry: match }: Rule, entry: Pick<AuditRow, 'operation' | 'result' | 'reason' | 'rules'>): boolean =>
  match !== undefined &&
  (match.operation === undefined || named(entry.operation, match.operation)) &&
  (match.result === undefined || match.result.includes(entry.result)) &&
  (match.code === undefined || (entry.reason !== null && match.code.includes(entry.reason.code))) &&
  (match.rules === undefined || entry.rules.some((rule) => rule.split('@')[0]!.endsWith(match.rules!)));

/** How the tenant wants the rule. */
export function asSet(rule: Rule, settings: { enabled: boolean; count: number; windowSeconds: number; severity: RuleSeverity; action: RuleAction } | undefined): Rule {
  if (!settings) return rule;
  const { enabled, count, windowSeconds, severity, action } = settings;
  return { ...rule, enabled, count, windowSeconds, severity, action };
} // prettier-ignore
