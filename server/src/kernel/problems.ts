import { defineProblems } from './problem.ts';

defineProblems({
  internal: {
    status: 500,
    title: 'Internal error',
    meaning: 'An unexpected fault. The transaction was rolled back, so nothing was changed.',
    remedy: 'Try again. If it stays, give the `instance` (request id) to whoever runs this installation: the log line with that id has the cause.',
  },
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    meaning: 'The request could not be read: broken JSON, an unknown parameter place, or a header of the wrong form.',
    remedy: 'Correct the syntax that `detail` names.',
  },
  'origin-denied': {
    status: 403,
    title: 'Origin not allowed',
    meaning: 'A browser sent a change with a session cookie from a page of another site.',
    remedy: 'Use the web application at its own address, or an API key in the Authorization header.',
  },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    meaning: 'The request body is larger than this route takes.',
    remedy: 'Send less at once; `detail` names the limit.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'The body is not of a type that this route reads.',
    remedy: 'Send `application/json`.',
  },
  'route-not-found': {
    status: 404,
    title: 'No such route',
    meaning: 'Nothing is served at this method and path.',
    remedy: 'See the reference at `/docs`.',
  },
  'tenant-required': {
    status: 403,
    title: 'No tenant chosen',
    meaning: 'The session belongs to a person who works in no tenant yet: they have none, or have several and chose none.',
    remedy: 'Choose one with `auth.switchTenant`, or create one.',
  },
  'tenant-ambiguous': {
    status: 400,
    title: 'Two tenants named',
    meaning: 'Path, header and host name of the request, or the claim `tid` of its access token, name different tenants.',
    remedy: 'Name one tenant, in one place; with an access token, the one it was issued for. `auth.switchTenant` issues one for another.',
  },
  'mfa-enrolment-required': {
    status: 403,
    title: 'A second factor has to be set up',
    meaning: 'The tenant, or one of your roles, demands a second factor, and the time to set one up is over.',
    remedy: 'Set up an authenticator app or a passkey under Settings, Security.',
  },
  'step-up-required': {
    status: 401,
    title: 'Prove once more who you are',
    meaning:
      'The operation asks for a fresh proof, and the last one in this session is older than `maxAgeSeconds`. `factors` lists what is accepted.',
    remedy: 'Call `auth.stepUp` with one of the factors and repeat the call.',
  },
  unauthenticated: {
    status: 401,
    title: 'Not signed in',
    meaning: 'No credential was sent, or it is unknown, expired or revoked.',
    remedy: 'Sign in again, or create a new API key.',
  },
  'tenant-not-found': {
    status: 404,
    title: 'No such tenant',
    meaning: 'The tenant does not exist or you are not an active member of it.',
    remedy: 'Check the tenant name; ask one of its owners for an invitation.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    meaning: 'A quota or burst limit is used up.',
    remedy: 'Wait for the seconds in `Retry-After`; the `RateLimit` headers show what is left.',
  },
  'permission-denied': {
    status: 403,
    title: 'Permission denied',
    meaning: 'None of your roles holds the permission that the operation needs.',
    remedy: '`detail` names the permission and the roles that hold it; ask someone who may grant roles.',
  },
  'scope-denied': {
    status: 403,
    title: 'Outside your scope',
    meaning: 'You hold the permission, but no single grant covers every target of this call.',
    remedy: 'Ask for a grant whose Scope covers the target, or leave it out.',
  },
  'insufficient-token-scope': {
    status: 403,
    title: 'The key may not do this',
    meaning: 'Your roles allow it, but this API key was made for less.',
    remedy: 'Use another key, or make one with this permission.',
  },
  'validation-failed': {
    status: 422,
    title: 'Input not valid',
    meaning: 'The input does not fit the operation’s schema.',
    remedy: 'Correct the fields in `errors`; each has a JSON pointer and a message.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'There is no such thing in this tenant, or you may not know that there is.',
    remedy: 'Check the id and the tenant you are in.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'Cursor not valid',
    meaning: 'The cursor was not given out by this list with this order.',
    remedy: 'Start again without `cursor`.',
  },
  'policy-denied': {
    status: 403,
    title: 'Denied by policy',
    meaning: 'A policy of the tenant forbids this call.',
    remedy: '`detail` quotes the rule; ask its owner, or change the call so that the rule does not match.',
  },
  'no-dry-run': {
    status: 422,
    title: 'It cannot be tried',
    meaning:
      'A dry run answers with the plan of a Change. This operation leaves no Change: it is done at once and has no plan, so nothing could be said without doing it, and nothing was done.',
    remedy: 'Call it without `dryRun` when you mean it. The reference says of each operation whether it leaves a Change.',
  },
  'no-draft': {
    status: 422,
    title: 'It cannot be kept as a draft',
    meaning: 'A draft is a Change that is kept until it is submitted. This operation leaves no Change: it is done at once, and nothing was done.',
    remedy: 'Call it without `draft` when you mean it. The reference says of each operation whether it leaves a Change.',
  },
  'idempotency-conflict': {
    status: 409,
    title: 'Idempotency key used before',
    meaning: 'The same Idempotency-Key came with another input within 24 hours.',
    remedy: 'Use a new key for a new request.',
  },
  'version-conflict': {
    status: 412,
    title: 'Changed in the meantime',
    meaning: 'The version in If-Match is not the current one: someone else saved first.',
    remedy: 'Read it again, apply your edit to the new version, and send that `ETag`.',
  },
  'invalid-transition': {
    status: 409,
    title: 'Not possible in this state',
    meaning: 'The Change or resource is in a state from which this step does not exist.',
    remedy: '`detail` names the state and what is possible from it.',
  },
  'operation-in-progress': {
    status: 409,
    title: 'Another Change is at work',
    meaning: 'One Change at a time may work on a resource.',
    remedy: 'Wait for the Change in `changeId`, or cancel it.',
  },
  'dependency-unavailable': {
    status: 503,
    title: 'Part of the system is down',
    meaning: 'Something this call needs (database, audit, queue) does not answer; the call was refused and nothing was changed.',
    remedy: 'Try again after `Retry-After`; `switchyard doctor` and `/health/ready` say which part.',
  },
  'shutting-down': {
    status: 503,
    title: 'Shutting down',
    meaning: 'This process is draining and takes no new work.',
    remedy: 'Try again; another process, or this one after its restart, will answer.',
  },
});
