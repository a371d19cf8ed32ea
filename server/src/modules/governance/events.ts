import { z } from 'zod';
import type { EventDeclaration } from '#kernel/module.ts';
import { CHANGE_STATES } from './rules.ts';

const Moved = z.object({ changeId: z.uuid(), number: z.string(), operation: z.string(), state: z.enum(CHANGE_STATES) });

/** What this module announces. */
export const governanceEvents: Record<string, string | EventDeclaration> = {
  ...Object.fromEntries(
    CHANGE_STATES.map((state) => [`change.${state}`, { summary: `A Change has become ${state.replaceAll('_', ' ')}`, data: Moved }]),
  ),
  'change.paused': {
    summary: 'A Change is held: one of its first targets is not well, or a rule forbids the next ones; a person has to look',
    data: Moved.extend({ reason: z.string().nullable() }),
  },
  'change.ended': { summary: 'A Change has come to an end, good or bad; whatever was held for it may be let go', data: Moved },
  'change.cancel_requested': {
    summary: 'Someone asked to cancel a Change that is running',
    data: z.object({ changeId: z.uuid(), number: z.string() }),
  },
  'change.resumed': {
    summary: 'Someone let a Change go on that was held after its first targets',
    data: z.object({ changeId: z.uuid(), number: z.string(), by: z.object({ id: z.string(), name: z.string() }), comment: z.string() }),
  },
  'approval.requested': 'A Change waits for approval',
  'approval.decided': 'Someone approved or rejected a Change',
  'approval.reminder': 'Half of the time in which a request should be decided is over, or an execution reminds of it',
  'approval.escalated': 'A request was not decided in time: backups, then administrators, are turned to',
  'approval.delegated': 'Someone handed a decision, or all while they are away, to somebody else',
  'approval.expired': 'A request ended undecided',
  'approval.cancelled': 'A request was given up',
  'approval.superseded': 'A request was for a plan that holds no longer',
  'changeTemplate.created': 'Two people agreed to a kind of Change once for all',
  'changeTemplate.updated': 'A template of Changes was agreed to anew',
  'changeTemplate.suspended': 'A template lost its right: by somebody, or by itself after two bad runs of its last twenty',
  'changeTemplate.retired': 'A template was ended for good',
  'emergency.used': 'Someone skipped approvals and time windows; a review is due within 24 hours',
  'emergency.reviewed': 'Somebody independent said whether an emergency was justified',
  'emergency.review_overdue': 'An emergency is still not reviewed a day after, and is said again daily',
  'approval.revoked': 'An approver took their approval back before the Change was started',
};
