import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'grant-escalation': {
    status: 403,
    title: 'More than you hold',
    meaning: 'You tried to give, take or put into a key rights that go beyond your own, in kind, level, Scope or time.',
    remedy: '`detail` names what you lack. Choose a smaller role, a narrower Scope or an earlier end, or ask someone who holds it.',
  },
  'self-grant-forbidden': {
    status: 403,
    title: 'Not for yourself',
    meaning: 'Nobody gives roles to themselves, whatever they hold.',
    remedy: 'Ask another person who may grant roles.',
  },
  'last-owner': {
    status: 403,
    title: 'The last owner stays',
    meaning: 'Every tenant keeps at least one active owner without an end date.',
    remedy: 'Transfer the ownership first.',
  },
  'permission-unknown': {
    status: 422,
    title: 'No such permission',
    meaning: 'A permission pattern matches no operation of this installation.',
    remedy: 'See `permissions.list` for all permissions.',
  },
});
