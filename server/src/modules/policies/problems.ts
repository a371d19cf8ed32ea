import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'policy-set-not-found': {
    status: 404,
    title: 'No such policy set',
    meaning: 'There is no policy set, or no version of it, with this id or number in this tenant.',
    remedy: 'See `policies.list` and `policies.versions.list`.',
  },
  'policy-invalid': {
    status: 422,
    title: 'The policy document cannot be used',
    meaning: 'The document has errors; `faults` names each with its line and column.',
    remedy: 'Mend them and save again; `policies.lint` checks a document without saving it.',
  },
  'policy-tests-failed': {
    status: 422,
    title: 'Tests of the policies fail',
    meaning: 'A version comes into force only when every test in its document passes and, where tests are required, every rule has some.',
    remedy: '`failures` names the tests and what came instead. Mend the rules or the tests, save, and activate that version.',
  },
  'policy-limit-reached': {
    status: 409,
    title: 'Too many policies',
    meaning: 'The tenant has as many policy sets, or as many policies in them, as it may have.',
    remedy: 'Retire sets that are no longer needed, or join several into one.',
  },
  'policy-set-protected': {
    status: 409,
    title: 'This set stays',
    meaning: 'The set “baseline” can be tuned by activating another version of it, but not retired.',
    remedy: 'Save a version that asks for what you want, and activate it.',
  },
  'policy-not-overridable': {
    status: 409,
    title: 'No exemption from this rule',
    meaning: 'A rule allows exemptions only when its set says `overridable: true`, and it must be in force.',
    remedy: 'Choose another way, or have the set made overridable by an approved activation.',
  },
  'ticket-required': {
    status: 422,
    title: 'A ticket is required',
    meaning: 'A rule asks for the number of a ticket with this call, in a form that `patterns` describes.',
    remedy: 'Send it: header `X-Switchyard-Ticket`, `--ticket`, or argument `ticket`.',
  },
  'dry-run-required': {
    status: 422,
    title: 'A dry run comes first',
    meaning: 'A rule asks that the same call is made as a dry run shortly before.',
    remedy: 'Call it with `dryRun`, read the plan, and repeat the call with the same input.',
  },
  'target-limit-exceeded': {
    status: 422,
    title: 'Too many targets at once',
    meaning: 'A rule limits how many resources one call may act on.',
    remedy: 'Split the work into several calls; `max` says how many fit.',
  },
  'outside-window': {
    status: 403,
    title: 'Not at this time',
    meaning: 'A rule allows this at certain times only, or a freeze holds, or the window closes before the work would be done.',
    remedy: '`detail` names the rule. Come back in the window, or ask for an exemption.',
  },
  'exemption-not-found': {
    status: 404,
    title: 'No such exemption',
    meaning: 'There is no exemption with this id in this tenant.',
    remedy: 'See `policyExemptions.list`.',
  },
  'calendar-not-found': {
    status: 404,
    title: 'No such calendar',
    meaning: 'There is no calendar, or no entry, with this id in this tenant.',
    remedy: 'See `calendars.list`.',
  },
  'calendar-in-use': {
    status: 409,
    title: 'The calendar is in use',
    meaning: 'Rules that are in force name this calendar; `sets` says which.',
    remedy: 'Activate versions of those sets that do without it first.',
  },
});
