import { defineProblems } from '#kernel/problem.ts';

/** About what is made from words. */
defineProblems({
  'generation-failed': {
    status: 502,
    title: 'Nothing could be made of it',
    meaning: 'The model was asked, and asked again with what was wrong, and what it answered is still no workflow. Nothing was saved.',
    remedy: 'Say it in other words or in smaller steps, or choose another model for generation.',
  },
  'generation-not-found': {
    status: 404,
    title: 'No such draft',
    meaning: 'There is no draft of yours with this id, or it was made more than 30 days ago.',
    remedy: 'Have it drafted again, or send the graph itself.',
  },
});
