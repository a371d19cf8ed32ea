import { join } from 'node:path';
import type { Config } from '#kernel/config.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Log } from '#kernel/log.ts';
import type { Sms } from '#kernel/sms.ts';
import { createDelivery } from '#modules/mail/delivery.ts';
import { createFiles } from '#modules/mail/providers/files.ts';
import { createSmtp } from '#modules/mail/providers/smtp.ts';
import type { MailOutcome } from '#modules/mail/queue.ts';
import type { Parts } from './core.ts';
import { createSms } from './sms/index.ts';

/** The ways to people outside the web application: mails by SMTP or into files, texts by a carrier or into files. */
export const mailDelivery =
  (config: Config, observe: (outcome: MailOutcome) => void) =>
  (parts: Parts): ((job: JobRun) => Promise<void>) => {
    const transport = config.smtpUrl ? createSmtp(config.smtpUrl) : createFiles(join(config.home, 'mail'), parts.log);
    return createDelivery({ ...parts, transport, sender: { name: config.name, from: config.mailFrom }, observe });
  };

export function smsFor(config: Config, log: Log, observe: (outcome: string) => void): Sms {
  const sms = createSms(config.smsUrl ?? 'log:', { folder: join(config.home, 'sms'), log });
  return {
    kind: sms.kind,
    send: (message) => sms.send(message).then(() => observe('sent'), (error: unknown) => (observe('failed'), Promise.reject(error as Error))),
  }; // prettier-ignore
}
