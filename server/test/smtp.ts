import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  raw: string;
  parsed: () => Promise<Email>;
}

/** A real SMTP server on loopback that keeps what it is given. `options` change how it answers. */
export async function startSmtp(options: Partial<SMTPServerOptions> = {}) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw, parsed: () => PostalMime.parse(raw) });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that goes away in the middle is part of what is tested
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

/** An answer of a mail server: `refusal(550, '5.1.1 no such user')`. */
export const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });
