import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'invalid-credentials': {
    status: 401,
    title: 'Address or password is wrong',
    meaning: 'The address is not known here, or the password is not its password. The answer is the same for both.',
    remedy: 'Check both. After too many wrong tries, sign-in is locked for a while.',
  },
  'session-expired': {
    status: 401,
    title: 'Session is over',
    meaning:
      'The session was not used for too long, or has come to its end. That is eight hours and seven days; less where the tenant asks for it, and a day at most for owners and administrators. A pair of tokens has seven days without use, and ends after one day or, when it was to be kept, thirty.',
    remedy: 'Sign in again.',
  },
  'session-required': {
    status: 403,
    title: 'Only for people who are signed in',
    meaning: 'The call came with an API key, and keys may not do this: make keys, end sessions, or change tenant.',
    remedy: 'Sign in with your password and try again.',
  },
  'agent-token-required': {
    status: 401,
    title: 'Connect the agent in the browser',
    meaning: 'The tenant does not accept API keys at its MCP endpoint: an agent has to be connected by the person whom it acts for.',
    remedy:
      'Leave the key out of the agent’s configuration; it then opens a browser to ask for consent. An administrator can allow keys in the settings.',
  },
  locked: {
    status: 429,
    title: 'Locked after too many tries',
    meaning: 'There were too many wrong passwords for this address, or too many wrong codes for this account.',
    remedy: 'Wait for the seconds in `Retry-After`. If it was not you, tell whoever runs this installation.',
  },
  'network-blocked': {
    status: 429,
    title: 'Too many failures from your network',
    meaning: 'Too many wrong passwords, codes or API keys came from your network address.',
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  'account-suspended': {
    status: 403,
    title: 'Account is suspended',
    meaning: 'The password is right, but the account has been suspended.',
    remedy: 'Ask whoever runs this installation.',
  },
  'no-membership': {
    status: 403,
    title: 'Not a member of any tenant',
    meaning: 'The password is right, but the account is an active member of no tenant, or not of the one asked for.',
    remedy: 'Ask an owner of the tenant to add you.',
  },
  'password-too-short': {
    status: 422,
    title: 'Password is too short',
    meaning: 'A password needs at least twelve characters.',
    remedy: 'A few unrelated words make a good one.',
  },
  'password-compromised': {
    status: 422,
    title: 'Password is easy to guess',
    meaning: 'The password is on a list of common ones, is a simple pattern, or leans on your name or tenant.',
    remedy: 'Choose another; a few unrelated words make a good one.',
  },
  'email-taken': {
    status: 409,
    title: 'Address is in use',
    meaning: 'There is already an account with this e-mail address.',
    remedy: 'Use the account that exists, or another address.',
  },
  'key-limit-reached': {
    status: 409,
    title: 'Too many API keys',
    meaning: 'The tenant has as many live API keys as it may have.',
    remedy: 'Revoke keys that are no longer used.',
  },
});
