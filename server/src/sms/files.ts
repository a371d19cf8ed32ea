import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#kernel/ids.ts';
import type { Log } from '#kernel/log.ts';
import type { Sms } from '#kernel/sms.ts';

/** Without a carrier: each text is a file. The log names the file, never the number or the code that is in it. */
export const createSmsFiles = (folder: string, log: Log): Sms => ({
  kind: 'log',
  async send({ to, text }) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${newId()}.txt`);
    await writeFile(`${file}.part`, `To: ${to}\n\n${text}\n`, { mode: 0o600 });
    await rename(`${file}.part`, file);
    log.info({ file }, 'no SMS carrier is set: the text was written to a file');
  },
});
