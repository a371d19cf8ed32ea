import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { ItemKind } from './rules.ts';
import type { ItemRow, ReviewRow } from './tables.ts';

const OPERATIONS: Record<ItemKind, { operation: string; permission: string }> = {
  grant: { operation: 'grants.revoke', permission: 'grants:write' },
  apiKey: { operation: 'apiKeys.revoke', permission: 'apiKeys:revoke' },
  agent: { operation: 'agents.disconnect', permission: 'agents:revoke' },
};

/** The trail tells of what the clock takes as of what a person takes, with the reason. */
export const clockEntry = ({ actor, now }: WorkContext, review: ReviewRow, item: ItemRow): AuditEntry => ({
  ...OPERATIONS[item.kind],
  decisionId: newId(),
  requestId: review.id,
  actor,
  surface: 'job',
  risk: item.kind === 'grant' ? 'high' : 'write',
  sensitive: true,
  result: 'success',
  reason: { stage: 'review', code: 'review-unanswered', text: `Nobody decided on it in the access review "${review.name}".` },
  targets: [{ type: 'member', id: item.subjectId, name: item.subjectName }],
  grantId: null,
  rules: ['built-in/access-review@1'],
  inputHash: '',
  changeId: null,
  comment: `${item.holding} of ${item.subjectName}`,
  at: now(),
  durationMs: 0,
  timings: {},
});
