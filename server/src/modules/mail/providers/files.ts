import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Log } from '#kernel/log.ts';
import { composed } from './compose.ts';
import type { Transport } from './port.ts';

/** Without a mail server: each mail is a file that any mail program opens. The log names the file, never what is in it. */
export function createFiles(folder: string, log: Log): Transport {
  const printer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(envelope) {
      const { message } = await printer.sendMail(composed(envelope));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${envelope.id}.eml`);
      // Under its name only when it is whole: whoever watches the folder reads no half of a mail.
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
      log.info({ file }, 'no mail server is set: the mail was written to a file');
    },
  };
}
