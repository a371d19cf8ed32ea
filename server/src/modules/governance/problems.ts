import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'change-not-found': {
    status: 404,
    title: 'No such Change',
    meaning: 'There is no Change with this id or number in this tenant, or its targets lie outside your scope.',
    remedy: 'Check the number and the tenant you are in.',
  },
  'self-approval-forbidden': {
    status: 403,
    title: 'Not your own Change',
    meaning: 'Nobody decides on a Change that they asked for, whether by themselves, with an API key or through an agent.',
    remedy: 'Ask a colleague who holds `approvals:decide` for its targets.',
  },
  'not-eligible': {
    status: 403,
    title: 'Not an eligible approver',
    meaning: 'You may decide on Changes, but your Scope does not cover every target of this one.',
    remedy: 'Ask someone whose Scope does; the Change page lists the roles.',
  },
  'no-eligible-approver': {
    status: 409,
    title: 'Nobody could approve this',
    meaning: 'A rule asks for an approval, and no other member of the tenant could give it.',
    remedy: 'Grant `approvals:decide` (role approver or admin) over these targets to a colleague, then try again.',
  },
  'approval-expired': {
    status: 409,
    title: 'The request has expired',
    meaning: 'Approval was not given within 24 hours.',
    remedy: 'Ask for the change again; a new plan is made.',
  },
  'approval-closed': {
    status: 409,
    title: 'Already decided',
    meaning: 'The approval request is closed, or you have decided on it before.',
    remedy: 'Look at the Change for what was decided.',
  },
  'plan-superseded': {
    status: 409,
    title: 'The plan has changed',
    meaning: 'You decided on another plan than the one that is waiting now.',
    remedy: 'Read the current plan and decide on that.',
  },
  'approval-pending': {
    status: 409,
    title: 'Not approved yet',
    meaning: 'The Change waits for an approval and cannot be applied.',
    remedy: 'Wait for the approval; the Change page names who may give it.',
  },
  'comment-required': {
    status: 422,
    title: 'A comment is required',
    meaning: 'A rejection needs a reason of at least five characters.',
    remedy: 'Say why, so that the requester knows what to change.',
  },
  'rollback-impossible': {
    status: 409,
    title: 'Cannot be rolled back',
    meaning: 'The operation has no way back, or the Change did not get as far as having an effect.',
    remedy: 'Make a new change that sets things as you want them.',
  },
  'job-abandoned': {
    status: 500,
    title: 'Given up after several attempts',
    meaning: 'The job failed again and again for reasons that were expected to pass; it lies in the dead letter queue.',
    remedy: 'Read the log of the Change, mend the cause and ask for the change again.',
  },
  'change-cancelled': {
    status: 409,
    title: 'Cancelled',
    meaning: 'Someone cancelled the Change while it ran.',
    remedy: 'Nothing to do; ask again if it is still wanted.',
  },
  'deadline-exceeded': {
    status: 504,
    title: 'Took too long',
    meaning: 'The job did not end within the time its operation allows.',
    remedy: 'Look at the outside system, then ask for the change again.',
  },
});
