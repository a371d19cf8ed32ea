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
    meaning:
      'Nobody decides on a Change that they asked for or had a hand in: neither by themselves, with an API key or through an agent, nor by who stands in for them.',
    remedy: 'Ask a colleague who holds `approvals:decide` for its targets.',
  },
  'not-eligible': {
    status: 403,
    title: 'Not an eligible approver',
    meaning: 'Your Scope does not cover every target of this Change, no rule that it waits for asks for you, or you are no person.',
    remedy: 'The page of the request names who may decide.',
  },
  'no-eligible-approver': {
    status: 409,
    title: 'Nobody could approve this',
    meaning: 'A rule asks for an approval, and no other member of the tenant could give it; `node` says which.',
    remedy: 'Grant `approvals:decide` (role approver or admin) over these targets to a colleague, then try again.',
  },
  'approval-not-found': {
    status: 404,
    title: 'No such approval request',
    meaning: 'There is no request with this id in this tenant, or the targets of its Change lie outside your scope.',
    remedy: 'Check the id and the tenant you are in.',
  },
  'delegation-not-found': {
    status: 404,
    title: 'No such delegation',
    meaning: 'There is no delegation in force with this id that you gave or were given.',
    remedy: 'See `approvals.delegations.list`.',
  },
  'delegation-invalid': {
    status: 422,
    title: 'Not a delegation that can be made',
    meaning: 'It ends before it begins, lasts more than 30 days, overlaps with another to the same person, or is one too many.',
    remedy: '`detail` says which; correct it.',
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
    meaning:
      'A rejection needs a reason of at least five characters, and rules may ask for one with any call: `minLength` and `patterns` say in which form.',
    remedy: 'Say why: header `X-Switchyard-Comment`, `--comment`, or argument `comment`.',
  },
  'template-not-found': {
    status: 404,
    title: 'No such template',
    meaning: 'There is no template of Changes with this id in this tenant.',
    remedy: 'See `changeTemplates.list`.',
  },
  'template-invalid': {
    status: 422,
    title: 'Cannot be agreed to once for all',
    meaning:
      'The operation leaves no Change or decides about rights and rules, the condition cannot be read, it lasts longer than 180 days, the name is taken, or there are too many.',
    remedy: '`detail` says which; correct it.',
  },
  'emergency-refused': {
    status: 403,
    title: 'Not by this caller',
    meaning:
      'An emergency skips what others would have to agree to, so a person declares it, in a session with a fresh proof: no key, service account or agent.',
    remedy: 'Sign in and declare it yourself.',
  },
  'emergency-pointless': {
    status: 422,
    title: 'Nothing to skip',
    meaning: 'The operation waits for no approval and no window, or the call only makes a draft.',
    remedy: 'Make the call without `emergency`.',
  },
  'emergency-limit-reached': {
    status: 429,
    title: 'Too many emergencies',
    meaning: 'You have declared as many emergencies within 24 hours as your tenant allows one person.',
    remedy: 'Ask for an approval, or have a colleague who holds `changes:emergency` look at it. Administrators set the number under Settings.',
  },
  'rollback-impossible': {
    status: 409,
    title: 'Cannot be rolled back',
    meaning: 'The operation has no way back, or the Change did not get as far as having an effect.',
    remedy: 'Make a new change that sets things as you want them.',
  },
  'some-targets-failed': {
    status: 409,
    title: 'Not all of the targets',
    meaning: 'The Change acted on many targets and failed on some; what was done to the others stays done.',
    remedy: 'The stages of the Change say what went wrong with which. Mend that, and ask for the change again for those in `failed`.',
  },
  'not-held': {
    status: 409,
    title: 'The Change is not held',
    meaning: 'Only a Change that is held after its first targets can be let go on.',
    remedy: 'Look at its state and its stages.',
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
