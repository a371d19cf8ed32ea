import type { Config } from '#kernel/config.ts';
import { checkSmtp } from '#modules/mail/providers/smtp.ts';
import { lookAtDatabase } from './doctor/database.ts';
import { finding, type Finding } from './doctor/finding.ts';
import { mailServer } from './doctor/mail.ts';
import { diskSpace, homeFolder, installation, masterKey, nodeVersion, pages } from './doctor/machine.ts';
import { ports } from './doctor/ports.ts';

export type { Finding } from './doctor/finding.ts';

/**
 * Looks at the installation part by part, from the bottom up. Changes nothing that stays; the embedded database is started for the
 * look when it is not running. A part that cannot be looked at is a finding, never an exception.
 */
export async function runDoctor(config: Config): Promise<Finding[]> {
  const looks = {
    Node: nodeVersion,
    Packages: installation,
    'Web application': pages,
    'Data folder': homeFolder,
    'Master key': masterKey,
    'Disk space': diskSpace,
    Port: ports,
    Mail: mailServer(checkSmtp),
  };
  const findings: Finding[] = [];
  for (const [name, look] of Object.entries(looks)) findings.push(await finding(name, look, config));
  return [...findings, ...(await lookAtDatabase(config))];
}
