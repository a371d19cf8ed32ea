import { defineProblems } from '#kernel/problem.ts';

/** About calls that come in for workflows. */
defineProblems({
  'hook-not-found': {
    status: 404,
    title: 'No such webhook',
    meaning: 'No workflow listens at this address, or not any more. A single-use address may have been used.',
    remedy: 'Copy the address from the trigger again. After a token was changed the old one works for as long as was chosen.',
  },
  'hook-account-gone': {
    status: 409,
    title: 'The workflow cannot run',
    meaning: 'The service account that it runs as was disabled, or nobody answers for it any more.',
    remedy: 'Choose another service account and publish the workflow again.',
  },
  'webhook-signature-missing': {
    status: 401,
    title: 'Not signed',
    meaning: 'The trigger takes signed calls only, and the header with the signature or the one with its time is not there.',
    remedy: 'Sign the bytes of the body as the trigger says, and send both headers.',
  },
  'webhook-signature-stale': {
    status: 401,
    title: 'Signed too long ago',
    meaning: 'The signature fits, but its time is further from ours than the trigger allows.',
    remedy: 'Set the clock of the sender, and sign anew with each attempt.',
  },
  'webhook-signature-replayed': {
    status: 409,
    title: 'Sent before',
    meaning: 'A call with exactly this signature and time came in already; somebody may be repeating what they overheard.',
    remedy: 'Sign each attempt anew. To have repetitions answered, give the trigger a key for its calls.',
  },
  'operation-outgrown': {
    status: 409,
    title: 'It does more than it says',
    meaning:
      'The workflow is published as an Operation that only reads, and a workflow that it runs as a part of itself has come to change something.',
    remedy: 'Say in its trigger how risky it is now, and publish it again.',
  },
  'workflow-failed': {
    status: 500,
    title: 'The workflow ended with an error',
    meaning: 'The call was taken and the workflow ran, but it failed before it had an answer. `executionId` names the run.',
    remedy: 'Look at the execution. A call is repeated safely when the trigger has a key for its calls.',
  },
});
