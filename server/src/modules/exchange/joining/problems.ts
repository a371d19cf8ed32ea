import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'exchange-request-not-found': { status: 404, title: 'No such join request', meaning: 'There is no join request with this id, or it is not yours to see.', remedy: 'List your own with `exchange.ports.list`; operators list all with `exchange.requests.list`.' },
  'fabric-closed': { status: 409, title: 'Fabric takes nobody', meaning: 'The operator of the exchange takes no new networks on this fabric.', remedy: 'Choose another fabric, or ask the operator.' },
  'fabric-not-authorized': { status: 403, title: 'Not a fabric that you may ask for', meaning: 'The fabric is for those who were let in by name, or your grants name others; who speaks for a network by an operator’s word alone needs a grant for every fabric.', remedy: 'Ask the operator of the exchange for a grant, or choose a fabric that `exchange.onboarding.get` says you may ask for.' },
  'asn-not-allowed': { status: 400, title: 'AS number cannot join', meaning: 'The number is reserved, for documentation, or private.', remedy: 'Use the public number of your network.' },
  'asn-not-authorized': { status: 403, title: 'Not your network', meaning: 'Nothing says that you speak for this AS number: no PeeringDB account that may update the network, and no word of the operator.', remedy: 'Sign in with a PeeringDB account that may update the network, or ask the operator of the exchange.' },
  'asn-right-stale': { status: 403, title: 'PeeringDB’s word is too old', meaning: 'PeeringDB said more than 30 days ago that you speak for this network.', remedy: 'Sign in with PeeringDB again.' },
  'duplicate-request': { status: 409, title: 'Asked for already', meaning: 'There is a request or a port for this network, fabric and node. `existing_request_id` names it when it is yours.', remedy: 'Go on with that one, or name another node.' },
  'limit-reached': { status: 409, title: 'Limit reached', meaning: 'A network has at most four ports on a fabric; a person has at most 20 open requests, and makes at most 20 within an hour. `limit` and `value` say which.', remedy: 'Give up what you do not need, or wait.' },
  'invalid-state-transition': { status: 409, title: 'Not in this state', meaning: 'What was asked for does not follow on the status of the request, which `current_status` says. Somebody else may have decided meanwhile.', remedy: 'Read the request again.' },
  'node-id-required': { status: 409, title: 'Node missing', meaning: 'The fabric is on a ZeroTier network, and the request names no node that could be let onto it.', remedy: 'Have the network name its node, as `zerotier-cli info` prints it.' },
  'self-decision-forbidden': { status: 403, title: 'Not on your own request', meaning: 'Nobody decides on a request that they made themselves.', remedy: 'Ask somebody else who may decide.' },
  'provisioning-stalled': { status: 409, title: 'Setting up ended early', meaning: 'The Change that set the port up ended before it was done: it was cancelled, or ran out of time.', remedy: 'Look at the Change, then retry.' },
}); // prettier-ignore
