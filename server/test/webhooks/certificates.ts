import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Pair {
  key: string;
  cert: string;
}
const openssl = (folder: string, args: readonly string[]): void => {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
};

/** An authority of our own, and certificates by it; made anew each time, since those on file run out. */
export function createAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-tls-'));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(folder, ['req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority']);
  let serial = 1;
  return {
    ca: read('ca.pem'),
    /** For a name; `days` may be over already. */
    issue(name: string, days = 2): Pair {
      const at = `${(serial += 1)}`;
      writeFileSync(join(folder, `${at}.ext`), `subjectAltName=DNS:${name}\n`);
      openssl(folder, ['req', ...curve, '-keyout', `${at}.key`, '-out', `${at}.csr`, '-subj', `/CN=${name}`]);
      openssl(folder, ['x509', '-req', '-in', `${at}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', at, '-days', String(days), '-extfile', `${at}.ext`, '-out', `${at}.pem`]); // prettier-ignore
      return { key: read(`${at}.key`), cert: read(`${at}.pem`) };
    },
    /** Signed by itself. */
    own(name: string): Pair {
      openssl(folder, ['req', '-x509', ...curve, '-keyout', 'own.key', '-out', 'own.pem', '-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]); // prettier-ignore
      return { key: read('own.key'), cert: read('own.pem') };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
