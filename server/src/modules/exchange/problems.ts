import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'exchange-fabric-not-found': { status: 404, title: 'No such fabric', meaning: 'There is no peering LAN with this id or short name in this tenant.', remedy: 'List the fabrics and use an id or a short name from there.' },
  'exchange-participant-not-found': { status: 404, title: 'No such network', meaning: 'There is no network with this id or ASN among those of the exchange.', remedy: 'List the participants, or add the network first.' },
  'exchange-connection-not-found': { status: 404, title: 'No such connection', meaning: 'There is no connection with this id in this tenant.', remedy: 'List the connections and use an id from there.' },
  'exchange-taken': { status: 409, title: 'In use already', meaning: 'Another one has this short name, prefix, ASN or address.', remedy: 'Choose another one, or change the one that is there.' },
  'exchange-in-use': { status: 409, title: 'Still in use', meaning: 'Connections or route servers need it.', remedy: 'Remove what needs it first.' },
  'exchange-full': { status: 409, title: 'Limit reached', meaning: 'An exchange has at most 64 fabrics, a fabric 2,000 connections, and a network four on one fabric.', remedy: 'Remove what nobody needs.' },
  'exchange-route-server-not-found': { status: 404, title: 'No such route server', meaning: 'There is no route server with this id or short name in this tenant.', remedy: 'List the route servers and use an id or a short name from there.' },
  'exchange-render-failed': { status: 409, title: 'No configuration can be made', meaning: 'What is known of the fabric, its route server and its connections contradicts itself; `reasons` says where.', remedy: 'Correct what `reasons` names, then ask again.' },
}); // prettier-ignore
