import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'health-regression': { status: 409, title: 'Not well with it', meaning: 'After the configuration was loaded, sessions or routes were gone that it should not have touched. The one of before is back.', remedy: 'The detail names them. Correct what changed, then apply again.' },
  'rpki-cache-unavailable': { status: 503, title: 'No validator', meaning: 'No RPKI validator is connected, or it knows of no origins: routes of new peers would all be taken.', remedy: 'See to the validator. It is tried again by itself.' },
  'generation-poisoned': { status: 409, title: 'Refused by the first server', meaning: 'The first route server of the fabric refused this configuration, or was not well with it. It is not tried on the others.', remedy: 'See why on the first server, and correct it there first.' },
  'server-held': { status: 409, title: 'Route server held', meaning: 'Nothing is applied to the route server by itself before the hold ends.', remedy: 'Wait, or end the hold with exchange.routeServers.hold.' },
  'apply-disruptive': { status: 409, title: 'Restarts many sessions', meaning: 'More than a fifth of the sessions of the route server would restart. That is not done by itself.', remedy: 'Look at the plan of exchange.routeServers.apply and have it agreed to.' },
  'exchange-generation-not-found': { status: 404, title: 'No such generation', meaning: 'The route server has had no configuration of this number, or its text is no longer kept.', remedy: 'List them with exchange.generations.list.' },
}); // prettier-ignore
