import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'exchange-maintenance-not-found': { status: 404, title: 'No such maintenance', meaning: 'No maintenance of this exchange has this id.', remedy: 'List what is planned with exchange.maintenance.list.' },
  'exchange-maintenance-overlap': { status: 409, title: 'Another maintenance at that time', meaning: 'Something of it is out of service at that time already: the same route server, or the whole fabric.', remedy: 'Choose another time, or change or cancel the other one; `maintenance` names it.' },
  'exchange-maintenance-over': { status: 409, title: 'Not possible in this state', meaning: 'The maintenance is past the point at which this could be done: it has begun, is coming to its end, or is over.', remedy: 'What is over is planned anew. What has begun may be prolonged or ended early.' },
  'exchange-maintenance-not-due': { status: 409, title: 'Not its time', meaning: 'The maintenance begins later, or its time is over.', remedy: 'Wait for it, or change its times with exchange.maintenance.update.' },
  'exchange-maintenance-by-hand': { status: 409, title: 'Nothing is applied to the server by itself', meaning: 'A route server is drained and brought back by itself, at the times that were agreed to; that takes one to which changes are applied by themselves.', remedy: 'Have it follow with exchange.routeServers.follow.' },
}); // prettier-ignore
