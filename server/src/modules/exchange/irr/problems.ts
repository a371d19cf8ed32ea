import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'irr-not-configured': { status: 503, title: 'No registry is asked', meaning: 'Whoever runs the installation has not said which routing registry is asked (`SWITCHYARD_IRR_HOST`), or `bgpq4` is not installed.', remedy: 'Set `SWITCHYARD_IRR_HOST`, install `bgpq4`, and start again.' },
  'irr-unavailable': { status: 502, title: 'The registry gave no answer', meaning: 'The routing registry could not be reached, or what came was no list.', remedy: 'What was known before is still in use. Try again later.' },
  'irr-timeout': { status: 504, title: 'The registry took too long', meaning: 'Asking the routing registry for all that belongs to an AS-SET took more than two minutes.', remedy: 'What was known before is still in use. Have the network name a smaller AS-SET.' },
  'irr-too-large': { status: 409, title: 'More than can be used', meaning: 'An AS-SET stands for more than 100,000 prefixes or origins.', remedy: 'Have the network name an AS-SET of itself and its customers.' },
  'irr-list-empty': { status: 409, title: 'The registry has nothing', meaning: 'What is registered under the AS-SET is empty where it was not before, so that every route would be refused.', remedy: 'What was known before is still in use. Have the network correct its registration.' },
  'irr-list-shrunk': { status: 409, title: 'The list shrank by more than half', meaning: 'Less than half is registered under the AS-SET of what was known before.', remedy: 'What was known before is still in use. If it is right, refresh with `force`.' },
  'exchange-irr-missing': { status: 409, title: 'Nothing is known of some networks', meaning: 'Routes that no registry has cannot be refused while nothing is known of networks on the fabric: all of theirs would be. `asns` names them.', remedy: 'Refresh their lists with `exchange.irr.refresh`, or mark routes instead (`tag`).' },
}); // prettier-ignore
