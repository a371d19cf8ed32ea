import { mkdir, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { isMailAddress } from '#kernel/mail.ts';
import type { EgressRules } from '#kernel/outbound-egress.ts';
import { judgedAddress } from '#kernel/outbound-sockets.ts';
import type { LookUp } from '#kernel/outbound.ts';
import { NodeError } from '../declare.ts';
import type { Letter, Letters, Posted } from './port.ts';

/** Ports on which mail servers take mail to be sent. */
const SMTP: ReadonlySet<number> = new Set([25, 465, 587, 2525]);
const DEADLINE_MS = 30_000;

export interface LettersOptions {
  /** The platform's own server; without it mails are files in `folder`. */
  smtpUrl: string | undefined;
  folder: string;
  /** What the installation calls itself, and the address it writes from. */
  sender: { name: string; address: string };
  tenantName: (tenantId: string) => Promise<string>;
  allowPrivateTargets: boolean;
  look?: LookUp;
}

const domainOf = (address: string): string => /@(.+)$/.exec(address)?.[1] ?? 'localhost';

function composed(letter: Letter, from: { name: string; address: string }): SMTPTransport.MailOptions {
  const { to, cc, bcc, replyTo, subject, text, html, headers, attachments, messageId } = letter;
  const plain = (addresses: readonly string[]) => addresses.map((address) => ({ name: '', address }));
  return {
    from,
    to: plain(to),
    cc: plain(cc),
    bcc: plain(bcc),
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject,
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    messageId: `<${messageId}@${domainOf(from.address)}>`,
    // RFC 3834: nobody's absence notice answers us.
    headers: { ...headers, 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: attachments.map(({ filename, contentType, content }) => ({ filename: filename.replaceAll(/[/\\\p{Cc}]/gu, '_'), contentType, content: Buffer.from(content) })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
} // prettier-ignore

interface SmtpFault {
  code?: string;
  responseCode?: number;
  command?: string;
  rejected?: string[];
}

/** The server's answer in our words; its own may hold addresses. */
function faultOf(error: unknown): NodeError {
  if (error instanceof NodeError) return error;
  const { code, responseCode, command, rejected } = error as SmtpFault;
  const said = [command, responseCode ?? code].filter(Boolean).join(' ') || 'no answer';
  const passing = responseCode === undefined ? code !== 'EAUTH' : responseCode < 500;
  const kind = code === 'EAUTH' ? 'auth' : passing ? 'transient' : 'validation';
  return new NodeError('smtp-rejected', kind, `The mail was not taken: ${said}.`, { cause: error, ...(rejected ? { details: { rejected } } : {}) });
}

const named = (found: unknown): string[] =>
  Array.isArray(found) ? found.map((one) => (typeof one === 'string' ? one : (one as { address: string }).address)) : [];

async function deliver(options: SMTPTransport.Options, mail: SMTPTransport.MailOptions, signal: AbortSignal): Promise<Posted> {
  const server = createTransport({ ...options, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: DEADLINE_MS, dnsTimeout: 10_000 });
  // The library's own limits are between two packets: a server that sends one byte now and then would hold us for ever.
  const late = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
  const ended = new Promise<never>((_done, fail) => late.addEventListener('abort', () => fail(new NodeError('node-timeout', 'timeout', 'The mail server took too long.')), { once: true })); // prettier-ignore
  try {
    const info = await Promise.race([server.sendMail(mail), ended]);
    return { messageId: info.messageId, accepted: named(info.accepted), rejected: named(info.rejected) };
  } catch (error) {
    throw faultOf(error);
  } finally {
    server.close();
  }
}

/** Of a tenant: the name is looked up once, every address judged, and the connection made to what was judged. */
async function ownServer(address: string, rules: EgressRules, look: LookUp | undefined): Promise<SMTPTransport.Options> {
  if (!/^smtps?:\/\//.test(address) || !URL.canParse(address)) throw new NodeError('node-config-invalid', 'config', 'The mail server is no address such as smtp://host:587.');
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const { address: host } = await judgedAddress(name, port, rules, look, SMTP);
  const auth = url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } };
  // A password is never sent in the clear.
  const requireTLS = !secure && url.username !== '' && !rules.allowPrivateTargets;
  return { host, port, secure, requireTLS, ...auth, ...(isIP(name) === 0 ? { tls: { servername: name } } : {}) };
} // prettier-ignore

/** Who a mail is from that goes by a server of the tenant's: what the node says, or the user who signs in there. */
function fromOf({ from }: Letter, { auth }: SMTPTransport.Options): string {
  const user = (auth as { user?: string } | undefined)?.user;
  const address = from ?? user;
  if (address !== undefined && isMailAddress(address)) return address;
  throw new NodeError('node-config-invalid', 'config', 'Say whom the mail is from: the mail server does not tell.');
}

/** Without a mail server: a file that any mail program opens. */
async function asFile(folder: string, mail: SMTPTransport.MailOptions, { to, cc, bcc, messageId }: Letter): Promise<Posted> {
  const printer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const printed = await printer.sendMail(mail);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${messageId.replaceAll(/[^\w-]/g, '_')}.eml`);
  await writeFile(`${file}.part`, printed.message as Buffer, { mode: 0o600 });
  await rename(`${file}.part`, file);
  return { messageId: printed.messageId, accepted: [...to, ...cc, ...bcc], rejected: [] };
}

/** Mails of workflows by SMTP (RFC 5321). */
export function createLetters({ smtpUrl, folder, sender, tenantName, allowPrivateTargets, look }: LettersOptions): Letters {
  return {
    async send(letter, { asker, server, signal }) {
      if (server !== undefined) {
        const options = await ownServer(server, { exceptions: (await asker.exceptions?.()) ?? [], allowPrivateTargets }, look);
        return deliver(options, composed(letter, { name: '', address: fromOf(letter, options) }), signal);
      }
      // The platform speaks for many: who it is from is ours to say, and stands in the name.
      const mail = composed(letter, { name: `${await tenantName(asker.tenantId)} via ${sender.name}`, address: sender.address });
      return smtpUrl === undefined ? asFile(folder, mail, letter) : deliver(platformServer(smtpUrl), mail, signal);
    },
  };
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
function platformServer(address: string): SMTPTransport.Options {
  const url = new URL(address);
  return { url: address, requireTLS: url.protocol === 'smtp:' && url.username !== '' && !LOOPBACK.has(url.hostname) };
}
