import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'credential-disabled': {
    status: 403,
    title: 'Password is switched off',
    meaning: 'The password is right, but whoever runs this installation has switched it off for this account.',
    remedy: 'Ask them to switch it on again, or sign in in another way that the account has.',
  },
  'local-auth-disabled': {
    status: 403,
    title: 'No sign-in with local accounts here',
    meaning: 'The tenant lets nobody sign in with a password.',
    remedy: 'Sign in in one of the ways that the tenant allows.',
  },
  'username-taken': {
    status: 409,
    title: 'Username is in use',
    meaning: 'There is already a local account with this name in the tenant. Creating never changes it.',
    remedy: 'Change it with `switchyard users update`, or choose another name.',
  },
});
