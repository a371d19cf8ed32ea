import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { watch } from './canary.ts';

/** A mail server that keeps what it is given, for people who read their mail in a test. */
export interface Mailbox {
  /** For `SMTP_URL`. */
  url: string;
  /** The next mail to this address that nobody has read yet, whose subject fits; waits for it. */
  read: (address: string, subject: RegExp) => Promise<Email>;
  /** Subjects of all mails to this address so far. */
  subjects: (address: string) => string[];
  close: () => Promise<void>;
}

/** The first link of a mail, as the text part shows it. */
export const linkIn = (mail: Email): URL => {
  const found = /https?:\/\/\S+/.exec(mail.text ?? '')?.[0];
  if (!found) throw new Error(`there is no link in "${mail.subject}"`);
  return new URL(found);
};

/** The six digits of a mail. */
export const codeIn = (mail: Email): string => {
  const found = /(?<!\d)\d{3} ?\d{3}(?!\d)/.exec(mail.text ?? '')?.[0];
  if (!found) throw new Error(`there is no code in "${mail.subject}"`);
  return found.replace(' ', '');
};

const isTo = (mail: Email, address: string): boolean => (mail.to ?? []).some((one) => one.address?.toLowerCase() === address.toLowerCase());

export async function openMailbox(): Promise<Mailbox> {
  const mails: { mail: Email; unread: boolean }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts);
        watch.look('a mail as it was sent', raw);
        void PostalMime.parse(raw)
          .then((mail) => {
            watch.look(`the mail “${mail.subject}”`, `${mail.subject} ${mail.text} ${mail.html}`);
            mails.push({ mail, unread: true });
            return undefined;
          }, done)
          .then(() => done()); // oxlint-disable-line promise/no-callback-in-promise -- the server speaks in callbacks
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as { port: number };

  return {
    url: `smtp://127.0.0.1:${port}`,
    async read(address, subject) {
      const end = Date.now() + 30_000;
      for (;;) {
        const found = mails.find(({ mail, unread }) => unread && isTo(mail, address) && subject.test(mail.subject ?? ''));
        if (found) {
          found.unread = false;
          return found.mail;
        }
        if (Date.now() > end)
          throw new Error(`no mail to ${address} about ${subject}; there are: ${mails.map(({ mail }) => mail.subject).join(', ')}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    subjects: (address) => mails.filter(({ mail }) => isTo(mail, address)).map(({ mail }) => mail.subject ?? ''),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
