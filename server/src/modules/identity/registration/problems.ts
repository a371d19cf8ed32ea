import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'link-invalid': {
    status: 410,
    title: 'Link or code is not good any more',
    meaning: 'The link or code is unknown, was used before, is too old, or was tried too often. Which of these it is, is not told.',
    remedy: 'Ask for a new one.',
  },
  'email-not-verified': {
    status: 403,
    title: 'Address is not verified',
    meaning: 'The password is right, but nobody has shown yet that the address is theirs.',
    remedy: 'Open the link of the mail, or have it sent again (auth.resendVerification).',
  },
  'password-reused': {
    status: 422,
    title: 'Password was used before',
    meaning: 'It is one of the last five passwords of this account.',
    remedy: 'Choose one that you have not used here.',
  },
  'password-policy': {
    status: 422,
    title: 'Password falls short of what a tenant demands',
    meaning: 'A tenant that you belong to demands longer passwords, or more kinds of characters, than this installation does.',
    remedy: '`detail` says what is missing.',
  },
});
