import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'ssh-not-set-up': { status: 409, title: 'No SSH access yet', meaning: 'It is not recorded where the route server is and which host key it has.', remedy: 'Record it with exchange.routeServers.connect and run the setup on the server.' },
  'ssh-unreachable': { status: 503, title: 'Route server unreachable', meaning: 'No SSH connection could be made, or it was lost.', remedy: 'See whether the server is up and its SSH port open to this installation. It is tried again by itself.' },
  'ssh-timeout': { status: 503, title: 'Route server too slow', meaning: 'The server did not answer a command in time.', remedy: 'See what the server is busy with. It is tried again by itself.' },
  'ssh-auth-failed': { status: 502, title: 'Key refused', meaning: 'The server does not take the key of this installation.', remedy: 'Run the setup of this route server on the server again, as root.' },
  'host-key-changed': { status: 409, title: 'Another host key', meaning: 'The server shows another host key than the recorded one: it was installed anew, or somebody stands in between. Nothing is sent to it.', remedy: 'Look at the key on the server itself. If it is the right one, record it with exchange.routeServers.connect.' },
  'ssh-address-forbidden': { status: 403, title: 'Address not called', meaning: 'Requests of this tenant may not go to this address.', remedy: 'Open the network with egress.create, if whoever runs the installation lets tenants open it.' },
  'helper-mismatch': { status: 409, title: 'Another program answers', meaning: 'The program behind the key is not switchyard-rs of the version that this installation speaks.', remedy: 'Run the setup of this route server on the server again, as root.' },
  'bird-not-running': { status: 503, title: 'BIRD does not answer', meaning: 'The server was reached, and its BIRD was not.', remedy: 'Look at `systemctl status bird` on the server. It is tried again by itself.' },
  'config-rejected': { status: 422, title: 'BIRD refused the configuration', meaning: 'The text does not parse on the server; what was running runs on.', remedy: 'The detail says file and line. Correct what it was made of, or report it.' },
  'bundle-rejected': { status: 502, title: 'Bundle refused', meaning: 'What arrived at the server is not what was sent, or holds something that does not belong there.', remedy: 'Try again. When it stays, look at the disk of the server.' },
  'disk-full': { status: 507, title: 'No space on the server', meaning: 'The configuration could not be written.', remedy: 'Make space on the server.' },
  'lock-busy': { status: 409, title: 'The server is busy', meaning: 'Another command or a reconfiguration that is not confirmed yet is under way on the server.', remedy: 'Wait until it has ended. It is tried again by itself.' },
  'confirm-expired': { status: 409, title: 'Confirmed too late', meaning: 'BIRD had gone back to the configuration of before when it was to be confirmed.', remedy: 'Try again. When it stays, see what slows the server or the way to it.' },
}); // prettier-ignore
