import { pino } from 'pino';
import { openDatabases, ROLES, urlFor } from '#kernel/database.ts';
import { openJobs } from '#kernel/jobs.ts';
import { openLive } from '#kernel/live.ts';
import { deriveKey } from '#kernel/seal.ts';
import { createDelivery } from '#modules/mail/delivery.ts';
import { createSmtp } from '#modules/mail/providers/smtp.ts';

/** A process that does nothing but hand over mails; the crash test starts it and kills it. */
const { databaseUrl, masterKey: base64, smtpUrl } = JSON.parse(process.env['MAIL_ORDERS']!) as Record<string, string>;

// Whoever started us is gone, however it ended: so are we.
process.stdin.resume().once('end', () => process.exit(0)).once('error', () => process.exit(0)); // prettier-ignore

const masterKey = Buffer.from(base64!, 'base64');
const url = urlFor(databaseUrl!, ROLES.platform, masterKey);
const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
const databases = openDatabases({ url: databaseUrl!, masterKey, onError });
const jobs = await openJobs({ url, live: await openLive(url, onError), onError, supervise: true });
const deliver = createDelivery({
  databases, jobs, keyFor: (purpose) => deriveKey(masterKey, purpose), now: () => new Date(), log: pino({ level: 'silent' }),
  transport: createSmtp(smtpUrl!), sender: { name: 'Switchyard', from: 'no-reply@yard.example' },
}); // prettier-ignore
jobs.work('mail', deliver);
process.stdout.write('ready\n');
