import { CHANGE_STATES } from './rules.ts';

/** What this module announces. */
export const governanceEvents: Record<string, string> = {
  ...Object.fromEntries(CHANGE_STATES.map((state) => [`change.${state}`, `A Change has become ${state.replaceAll('_', ' ')}`])),
  'change.ended': 'A Change has come to an end, good or bad; whatever was held for it may be let go',
  'change.cancel_requested': 'Someone asked to cancel a Change that is running',
  'approval.requested': 'A Change waits for approval',
  'approval.decided': 'Someone approved or rejected a Change',
};
