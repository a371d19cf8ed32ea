import { createTransport } from 'nodemailer';
import { verdictOf, type SmtpAnswer } from '../rules.ts';
import { composed } from './compose.ts';
import { Undelivered, type Transport } from './port.ts';

const DEADLINE_MS = 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A password is not sent in the clear to another machine, unless the address says `?requireTLS=false`. */
function wantsTls(url: URL): boolean {
  return url.protocol === 'smtp:' && url.username !== '' && !LOOPBACK.has(url.hostname);
}

const faultOf = (error: unknown): Undelivered => {
  const answer = error as SmtpAnswer;
  const code = [answer.command, answer.responseCode ?? answer.code].filter(Boolean).join(' ') || 'no answer';
  return new Undelivered(verdictOf(answer), code, { cause: error });
};

const connectionTo = (address: string) =>
  createTransport({
    url: address,
    requireTLS: wantsTls(new URL(address)),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
  });

/** Signs in to a mail server and sends nothing. Throws Undelivered. */
export async function checkSmtp(address: string): Promise<void> {
  await connectionTo(address).verify().catch((error: unknown) => Promise.reject(faultOf(error))); // prettier-ignore
}

/** A mail server by SMTP (RFC 5321): `smtp://user:password@host:587`, or `smtps://…:465`. */
export function createSmtp(address: string): Transport {
  const server = connectionTo(address);
  return {
    async send(envelope) {
      let timer: NodeJS.Timeout | undefined;
      // The library's own limits are between two packets: a server that sends one byte now and then would hold us for ever.
      const late = new Promise<never>((_done, fail) => {
        timer = setTimeout(() => fail(new Undelivered('retry', 'too slow')), DEADLINE_MS).unref();
      });
      try {
        await Promise.race([server.sendMail(composed(envelope)), late]);
      } catch (error) {
        throw error instanceof Undelivered ? error : faultOf(error);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
