import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'avatar-invalid': {
    status: 422,
    title: 'Picture cannot be used',
    meaning: 'The file is not a JPEG, PNG, WebP or GIF picture that can be read, or has too many pixels.',
    remedy: 'Send another picture, of at most 40 million pixels and 5 MiB.',
  },
});
