import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { createGenerations, type Said } from './generations.ts';

/** What is used of ssh2, which is a dependency of the server alone. */
interface Channel {
  write: (text: string) => void;
  exit: (code: number) => void;
  end: () => void;
  stderr: { write: (text: string) => void };
  on: ((event: 'data', heard: (part: Buffer) => void) => Channel) & ((event: 'end', heard: () => void) => Channel);
}
interface Connection {
  setNoDelay: (noDelay: boolean) => void;
  on: ((event: 'authentication', heard: (context: { accept: () => void }) => void) => Connection) &
    ((event: 'session', heard: (accept: () => Session) => void) => Connection) &
    ((event: 'error', heard: () => void) => Connection);
}
interface Session {
  on: (event: 'exec', heard: (accept: () => Channel, reject: () => void, info: { command: string }) => void) => void;
}
interface Ssh2 {
  Server: new (options: { hostKeys: string[] }, heard: (client: Connection) => void) => Server;
  utils: { generateKeyPairSync: (kind: 'ed25519') => { private: string; public: string } };
}
const ssh2 = createRequire(new URL('../../server/package.json', import.meta.url))('ssh2') as Ssh2;

/** As the real BIRD said it (server/src/modules/exchange/looking/fixtures). */
const told = (name: string): string =>
  readFileSync(new URL(`../../server/src/modules/exchange/looking/fixtures/${name}.txt`, import.meta.url), 'utf8');

/** A host with an SSH server that takes any key and answers as the program of route servers does, for the session with this name. */
export async function startRouteServer() {
  let own = '';
  const generations = createGenerations();
  const shown = (query: string, name: string | undefined): string => {
    const file = ({ daemon: 'daemon', protocols: 'protocols', routes: 'accepted', filtered: 'refused', exported: 'exported', noexport: 'not-exported', under: 'under' } as Record<string, string>)[query]; // prettier-ignore
    if (file === undefined || (query !== 'under' && name !== undefined && name !== own)) return '';
    return told(file).replaceAll('sy_as20001_3f2a9c', own);
  };
  const answerTo = (command: string, input: Buffer): Said => {
    const [verb, query = '', name] = command.split(' ');
    if (verb === 'show') return { code: 0, out: shown(query, name), err: '' };
    return generations.say(command, input) ?? { code: 64, out: '', err: 'this key speaks the verbs of switchyard-rs and nothing else' };
  };
  const keys = ssh2.utils.generateKeyPairSync('ed25519');
  const server = new ssh2.Server({ hostKeys: [keys.private] }, (client) => {
    // As sshd does where people work with it.
    client.setNoDelay(true);
    client
      .on('authentication', (context) => context.accept())
      .on('session', (accept) => {
        accept().on('exec', (take, _reject, { command }) => {
          const channel = take();
          const input: Buffer[] = [];
          channel
            .on('data', (part) => void input.push(part))
            .on('end', () => {
              const { code, out, err } = answerTo(command, Buffer.concat(input));
              channel.write(out);
              channel.stderr.write(err);
              channel.exit(code);
              channel.end();
            });
        });
      })
      .on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: keys.public,
    /** The session of a member, by the name that it has on route servers. */
    knows: (name: string): void => void (own = name),
    /** While its disk is full it takes no configuration. */
    fill: generations.fill,
    /** The number of the configuration that its BIRD has. */
    loaded: generations.loaded,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Of another host: what it keeps in /etc/ssh/ssh_host_ed25519_key.pub. */
export const hostKey = (): string => {
  const [kind, length] = [Buffer.from('ssh-ed25519'), (size: number) => Buffer.from([0, 0, 0, size])];
  return `ssh-ed25519 ${Buffer.concat([length(kind.length), kind, length(32), randomBytes(32)]).toString('base64')}`;
};
