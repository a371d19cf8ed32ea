import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'slug-taken': {
    status: 409,
    title: 'Name is taken',
    meaning: 'Another tenant of this installation has this slug. Which one is not told.',
    remedy: 'Choose another slug.',
  },
});
