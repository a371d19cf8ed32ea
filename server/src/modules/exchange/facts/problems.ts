import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'peeringdb-api-unavailable': { status: 503, title: 'PeeringDB gave no answer', meaning: 'PeeringDB could not be asked about the network: it was not reached, answered with a fault, or whoever runs the installation has not said where it is asked (`SWITCHYARD_PEERINGDB_API_URL`).', remedy: 'What was known before is still in use. Try again later.' },
  'peeringdb-network-unknown': { status: 404, title: 'PeeringDB knows no such network', meaning: 'There is no network with this AS number in PeeringDB.', remedy: 'Have the network register itself, or set its fields by hand.' },
}); // prettier-ignore
