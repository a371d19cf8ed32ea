import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'memory-not-found': {
    status: 404,
    title: 'No such memory',
    meaning: 'There is no memory with this id in this tenant, it has expired, or it is kept for others.',
    remedy: 'List the memories of the space, or store it again.',
  },
  'memory-conflict': {
    status: 409,
    title: 'Memory cannot be merged',
    meaning: 'What is to be added is of another sensitivity than what is there.',
    remedy: 'Use another key, or say the sensitivity of what is there. Nothing was stored.',
  },
  'memory-full': {
    status: 422,
    title: 'No room for another memory',
    meaning: 'The tenant keeps as many memories as it may, or this one has grown to the size that a memory may have.',
    remedy: 'Delete what nobody needs, give memories an expiry, or keep long texts as documents of a knowledge collection.',
  },
  'memory-space-denied': {
    status: 403,
    title: 'Space of somebody else',
    meaning: 'The space of a user holds what that user keeps for themselves.',
    remedy: 'Use your own space (`user`), the space `tenant`, or one with a name.',
  },
  'memory-link-not-found': {
    status: 404,
    title: 'No such link',
    meaning: 'The memory has no link with this id, or there is no memory that it would lead to.',
    remedy: 'Open the memory and take the link from there.',
  },
});
