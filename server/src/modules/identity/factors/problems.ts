import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'mfa-invalid': {
    status: 401,
    title: 'The proof is wrong',
    meaning: 'The code, password or passkey is not the one that is expected, or was used before.',
    remedy: 'Wait for the next code, or use another factor. After ten wrong ones in a row, second factors are locked for 15 minutes.',
  },
  'challenge-expired': {
    status: 401,
    title: 'Sign-in has to begin again',
    meaning: 'The second step of the sign-in took longer than ten minutes, had five wrong tries, or is done already.',
    remedy: 'Sign in from the beginning.',
  },
  'factor-not-offered': {
    status: 409,
    title: 'Factor not available',
    meaning: 'You do not have this factor, you have a stronger one that is asked for instead, or it rests after a change.',
    remedy: 'Use one of the factors that are offered.',
  },
  'last-factor': {
    status: 409,
    title: 'The last second factor',
    meaning: 'A tenant of yours, or one of your roles, demands a second factor, and you would have none left.',
    remedy: 'Set up another factor first, then remove this one.',
  },
  'phone-invalid': {
    status: 422,
    title: 'Not a phone number',
    meaning: 'The number does not exist in the numbering plan of any country.',
    remedy: 'Write it in international form, beginning with + and the country.',
  },
  'sms-country-blocked': {
    status: 422,
    title: 'No SMS to this country',
    meaning: 'Whoever runs this installation has not allowed the country of this number.',
    remedy: 'Use an authenticator app or a passkey.',
  },
  'sms-undelivered': {
    status: 502,
    title: 'The text did not go out',
    meaning: 'The carrier did not take the text: the number takes none, or the carrier does not answer.',
    remedy: 'Check the number and try again in a few minutes, or use another factor.',
  },
  'passkey-known': {
    status: 409,
    title: 'Passkey is in use',
    meaning: 'The passkey belongs to an account already.',
    remedy: 'Choose another device, or sign in with it.',
  },
  'passkey-limit-reached': {
    status: 409,
    title: 'Too many passkeys',
    meaning: 'You have as many passkeys as one person may have.',
    remedy: 'Remove one that you no longer use.',
  },
  'reset-by-operator': {
    status: 409,
    title: 'Only whoever runs this installation can reset it',
    meaning: 'The second factors of this person do not concern your tenant alone.',
    remedy: 'Have the person ask whoever runs this installation.',
  },
});
