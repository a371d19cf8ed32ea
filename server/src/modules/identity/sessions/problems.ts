import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'session-revoked': {
    status: 401,
    title: 'Session was ended',
    meaning: 'The session was ended: by signing out, by a new password, by an administrator, or because there were newer ones.',
    remedy: 'Sign in again.',
  },
  'token-invalid': {
    status: 401,
    title: 'Token is not valid',
    meaning: 'The access or refresh token was not made here, was changed, or is meant for another use.',
    remedy: 'Sign in again.',
  },
  'token-expired': {
    status: 401,
    title: 'Access token is over',
    meaning: 'An access token lives for fifteen minutes.',
    remedy: 'Get the next one with the refresh token (`auth.refresh`).',
  },
  'refresh-reuse-detected': {
    status: 401,
    title: 'Refresh token was used before',
    meaning: 'A refresh token that had been replaced was used again, so somebody else may hold a copy. The session was ended.',
    remedy: 'Sign in again. If you did not do this yourself, change your password.',
  },
  'sign-in-not-allowed': {
    status: 403,
    title: 'Not by this way of signing in',
    meaning: 'The tenant lets its members sign in by certain ways only, and this session began in another.',
    remedy: 'Sign in again by one of those in `allowed`.',
  },
  'mfa-required': {
    status: 401,
    title: 'A second factor is needed',
    meaning: 'The password is right, and the account has a second factor. `challengeId` and `factors` say how to go on.',
    remedy: 'Answer the challenge (`auth.mfa.challenge`), or use an API key.',
  },
});
