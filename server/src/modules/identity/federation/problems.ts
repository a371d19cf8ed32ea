import { defineProblems } from '#kernel/problem.ts';

const AGAIN = 'Start the sign-in again, in one browser, within ten minutes.';
const DOWN = {
  status: 503,
  title: 'Identity provider does not answer',
  meaning: 'The provider cannot be reached, answers with a failure, or took too long. Nothing was changed.',
  remedy: 'Try again after `Retry-After`; it works as soon as the provider does. Other ways to sign in are not affected.',
};
const LOST = {
  status: 400,
  title: 'Sign-in cannot be continued',
  meaning: 'The answer of the provider belongs to no sign-in of this browser: it is too old, was used before, or was begun elsewhere.',
  remedy: AGAIN,
};
const REFUSED = {
  status: 400,
  title: 'Identity provider refused',
  meaning: 'The provider sent back an error in place of a sign-in: it was cancelled there, or our client is not set up as it should be.',
  remedy: 'Try again. If it stays, `code` has the provider’s own word for whoever runs this installation.',
};

defineProblems({
  'idp-unavailable': DOWN,
  'oidc-unavailable': DOWN,
  'peeringdb-unavailable': DOWN,
  'oauth-state-invalid': LOST,
  'oidc-state-invalid': LOST,
  'oauth-state-expired': { ...LOST, meaning: 'The sign-in was begun more than ten minutes ago.' },
  'oauth-denied': REFUSED,
  'oidc-provider-error': REFUSED,
  'peeringdb-denied': REFUSED,
  'peeringdb-callback-incomplete': { ...REFUSED, meaning: 'The callback came without a code and without an error.' },
  'oidc-issuer-mismatch': {
    status: 400,
    title: 'Answer of another provider',
    meaning: 'The answer names another issuer than the provider that the sign-in was begun with (RFC 9207).',
    remedy: AGAIN,
  },
  'oidc-token-invalid': {
    status: 401,
    title: 'Token of the provider not valid',
    meaning: 'What the provider sent as proof did not pass: signature, issuer, audience, nonce, algorithm or time.',
    remedy: 'Start the sign-in again. If it stays, the log line with the request id says which check failed.',
  },
  'peeringdb-token-invalid': {
    status: 400,
    title: 'Token of PeeringDB not valid',
    meaning: 'The ID token is missing or did not pass: signature, issuer, audience, nonce, algorithm or time.',
    remedy: 'In the PeeringDB application, set the OIDC algorithm to RSA with SHA-256 (RS256).',
  },
  'peeringdb-not-configured': {
    status: 503,
    title: 'PeeringDB is not set up',
    meaning: 'This installation has no PeeringDB client.',
    remedy: 'Set SWITCHYARD_PEERINGDB_CLIENT_ID and SWITCHYARD_PEERINGDB_CLIENT_SECRET, or use another way to sign in.',
  },
  'provider-not-found': {
    status: 404,
    title: 'No such identity provider',
    meaning: 'This installation, or the tenant, has no provider of that name, or it is switched off.',
    remedy: 'See `GET /auth/providers` for those there are.',
  },
  'account-exists': {
    status: 409,
    title: 'There is an account with this address',
    meaning: 'The provider knows you by an address that belongs to an account here which is not linked with it.',
    remedy: 'Sign in the way you did so far, and link the provider under Settings, Security, Connected accounts.',
  },
  'identity-already-linked': {
    status: 409,
    title: 'Identity is linked with another account',
    meaning: 'This identity at the provider belongs to another account here, or your account has another identity there.',
    remedy: 'Unlink it there first, or sign in with it.',
  },
  'identity-limit-reached': {
    status: 409,
    title: 'Too many linked accounts',
    meaning: 'An account can be linked with ten identities.',
    remedy: 'Unlink one that you do not use.',
  },
  'last-sign-in-method': {
    status: 409,
    title: 'Your only way in',
    meaning: 'Without this identity you could not sign in any more: there is no password, passkey or other identity.',
    remedy: 'Set a password, add a passkey or link another identity first.',
  },
  'sso-required': {
    status: 403,
    title: 'Sign in through your organisation',
    meaning: 'The organisation that owns the domain of this address wants its people to sign in through its own identity provider.',
    remedy: 'Follow `startUrl`.',
  },
  'refresh-unavailable': {
    status: 409,
    title: 'Nothing to renew',
    meaning: 'The identity provider gave no refresh token for this session.',
    remedy: 'Sign in again when the session ends, or let the provider grant `offline_access`.',
  },
  'identity-provider-key-taken': {
    status: 409,
    title: 'Key is taken',
    meaning: 'The tenant has another identity provider with this key.',
    remedy: 'Choose another key.',
  },
  'issuer-not-allowed': {
    status: 422,
    title: 'Issuer cannot be used',
    meaning: 'The address is not https, or leads to a private address, this machine or the metadata service of a cloud.',
    remedy: 'Use the public https address of the provider. A laboratory can allow others with SWITCHYARD_ALLOW_PRIVATE_TARGETS.',
  },
});
