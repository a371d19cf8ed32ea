import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'lookingglass-timeout': { status: 504, title: 'Route server too slow', meaning: 'The route server did not answer a question of the looking glass within five seconds, and nothing that it said before is kept.', remedy: 'Ask again in a minute, or for less: a session instead of the whole table.' },
}); // prettier-ignore
