import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'exchange-finding-not-found': { status: 404, title: 'No such finding', meaning: 'There is no finding with this id in this tenant.', remedy: 'List what differs with exchange.drift.list.' },
  'exchange-finding-over': { status: 409, title: 'Not there any more', meaning: 'What was found is not there any more: it was put right, or went away.', remedy: 'List what differs now with exchange.drift.list.' },
  'exchange-finding-not-repairable': { status: 409, title: 'Nothing to be done from here', meaning: 'What was found is nothing that loading a configuration again, or writing to the controller again, would put right.', remedy: 'See to it on the server or at the controller; the detail says what is there. It may be ignored for a time, with a reason.' },
}); // prettier-ignore
