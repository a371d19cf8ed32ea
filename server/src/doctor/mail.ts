import type { Config } from '#kernel/config.ts';
import type { Finding } from './finding.ts';

const name = 'Mail';

/** The mail server lets us in, as `check` finds; or there is none, which is fine for trying out. */
export const mailServer =
  (check: (url: string) => Promise<void>) =>
  async ({ smtpUrl, mailFrom, home }: Config): Promise<Finding> => {
    if (smtpUrl === undefined) return { name, ok: true, detail: `no SMTP_URL: mails are written to ${home}/mail` };
    const { host } = new URL(smtpUrl);
    try {
      await check(smtpUrl);
      return { name, ok: true, detail: `${host} takes mail from ${mailFrom}` };
    } catch (error) {
      const detail = `${host}: ${error instanceof Error ? error.message : String(error)}`;
      return {
        name,
        ok: false,
        detail,
        remedy: 'Check SMTP_URL: host, port, user and password, and whether the port is open from here. Mails wait meanwhile.',
      };
    }
  };
