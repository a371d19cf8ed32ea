import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'concurrency-limited': {
    status: 429,
    title: 'Too many calls at a time',
    meaning: 'As many calls of yours run already as may run at a time, and none ended while this one waited.',
    remedy: 'Wait for some of them to end; make calls one after the other, or a few at a time.',
  },
});
