/** One thing people can be told of. `inApp`, `email`, `slack`: where it goes unless somebody chose otherwise (governance.md 10). */
export interface KindOf {
  kind: string;
  group: 'approvals' | 'changes' | 'emergencies' | 'access' | 'policies' | 'secrets' | 'reports' | 'webhooks' | 'workflows' | 'exchange';
  inApp: boolean;
  email: boolean;
  slack: boolean;
  /** Waits for no quiet hours, cap or digest, and cannot be switched off. */
  critical?: true;
}

const both = { inApp: true, email: true, slack: false } as const;
const inApp = { inApp: true, email: false, slack: false } as const;

export const KINDS = [
  { kind: 'approval.requested', group: 'approvals', ...both, slack: true },
  { kind: 'approval.reminder', group: 'approvals', ...both },
  { kind: 'approval.escalated', group: 'approvals', ...both },
  { kind: 'approval.approved', group: 'approvals', ...both },
  { kind: 'approval.rejected', group: 'approvals', ...both },
  { kind: 'approval.expired', group: 'approvals', ...both },
  { kind: 'approval.revoked', group: 'approvals', ...both },
  { kind: 'approval.superseded', group: 'approvals', ...inApp },
  { kind: 'approval.cancelled', group: 'approvals', ...inApp },
  { kind: 'approval.delegated', group: 'approvals', ...both },
  { kind: 'change.started', group: 'changes', ...inApp },
  { kind: 'change.succeeded', group: 'changes', ...inApp },
  { kind: 'change.failed', group: 'changes', ...both },
  { kind: 'change.held', group: 'changes', ...both },
  { kind: 'change.rolledBack', group: 'changes', ...both },
  { kind: 'change.rollbackFailed', group: 'changes', ...both, slack: true, critical: true },
  { kind: 'emergency.used', group: 'emergencies', ...both, slack: true, critical: true },
  { kind: 'emergency.reviewed', group: 'emergencies', ...inApp },
  { kind: 'emergency.overdue', group: 'emergencies', ...both },
  // Module access mails a change of roles itself.
  { kind: 'access.changed', group: 'access', ...inApp },
  { kind: 'access.requested', group: 'access', ...both },
  { kind: 'access.decided', group: 'access', ...both },
  { kind: 'access.reviewAsked', group: 'access', ...both },
  { kind: 'access.reviewReminder', group: 'access', ...both },
  { kind: 'access.reviewWarning', group: 'access', ...both },
  { kind: 'access.reviewClosed', group: 'access', ...inApp },
  // As identity does with sign-ins from elsewhere.
  { kind: 'session.newDevice', group: 'access', ...inApp },
  { kind: 'policy.activated', group: 'policies', ...inApp, slack: true },
  { kind: 'policy.violated', group: 'policies', ...inApp, slack: true },
  { kind: 'secret.expiring', group: 'secrets', ...both },
  { kind: 'secret.exported', group: 'secrets', ...both, critical: true },
  { kind: 'webhook.disabled', group: 'webhooks', ...both },
  { kind: 'report.delivered', group: 'reports', ...both },
  { kind: 'report.failed', group: 'reports', ...both },
  { kind: 'workflow.message', group: 'workflows', ...both },
  { kind: 'exchange.requested', group: 'exchange', ...both },
  { kind: 'exchange.decided', group: 'exchange', ...both },
  { kind: 'exchange.finding', group: 'exchange', ...both },
  { kind: 'exchange.maintenance', group: 'exchange', ...both },
] as const satisfies readonly KindOf[];

export type Kind = (typeof KINDS)[number]['kind'];
export const KIND_NAMES = KINDS.map(({ kind }) => kind);

const byName = new Map<string, KindOf>(KINDS.map((one) => [one.kind, one]));
export const kindOf = (kind: Kind): KindOf => byName.get(kind)!;
export const SLACK_DEFAULTS: Kind[] = KINDS.filter(({ slack }) => slack).map(({ kind }) => kind);
