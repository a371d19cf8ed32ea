import { z } from 'zod';
import { isMailAddress } from '#kernel/mail.ts';
import { outside } from '../../egress/faults.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type FileValue, type NodeRun } from '../declare.ts';
import { Letters, type Letter } from './port.ts';

const MOST_BYTES = 10 * 1_048_576;
const addresses = (title: string) => z.array(z.string().max(254)).max(50).default([]).meta({ title, expression: 'tpl', examples: [['ana@example.com']] }); // prettier-ignore

const Config = z.object({
  to: addresses('To'),
  cc: addresses('Copy'),
  bcc: addresses('Blind copy'),
  subject: z.string().min(1).max(500).meta({ title: 'Subject', expression: 'tpl' }),
  text: z.string().max(200_000).optional().meta({ title: 'Text', widget: 'textarea', expression: 'tpl' }),
  html: z.string().max(500_000).optional().meta({ title: 'Text as HTML', widget: 'code', expression: 'tpl' }),
  attachments: z.string().max(8_192).optional().meta({ title: 'Files', help: 'A file or a list of them', expression: 'expr', examples: ['[input.report]'] }),
  from: z.string().max(254).optional().meta({ title: 'From', help: 'Only with a mail server of your own', expression: 'tpl' }),
  replyTo: z.string().max(254).optional().meta({ title: 'Answers to', expression: 'tpl' }),
  headers: z.record(z.string().regex(/^X-[A-Za-z0-9-]{1,60}$/, 'Begins with X-'), z.string().max(998)).default({}).meta({ title: 'Headers', widget: 'keyValue', expression: 'tpl' }),
  smtp: z.string().max(500).optional().meta({ title: 'Mail server', help: 'smtp://user:password@host:587, from a secret; that of the platform when left out', expression: 'secret', widget: 'secret', examples: ['secret://SMTP_URL'] }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const wrong = (message: string): NodeError => new NodeError('type-error', 'validation', message);

function requireAddresses({ to, cc, bcc, replyTo, from }: Config): void {
  if (to.length + cc.length + bcc.length === 0) throw wrong('Say whom the mail is for.');
  for (const address of [...to, ...cc, ...bcc, ...[replyTo, from].filter((one) => one !== undefined)])
    if (!isMailAddress(address)) throw wrong(`"${address.slice(0, 100)}" is not a plain mail address.`);
}

const isFile = (value: Json): value is Json & FileValue => value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value['$file'] === 'string'; // prettier-ignore

function filesOf(run: NodeRun, { attachments }: Config): FileValue[] {
  if (attachments === undefined) return [];
  const files = [run.evaluate(attachments)].flat().filter((one) => one !== null);
  if (!files.every(isFile)) throw wrong('What is attached is not a file.');
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES)
    throw new NodeError('output-too-large', 'limit', 'At most 10 MiB of files go with a mail.');
  return files;
}

async function letterOf(run: NodeRun, config: Config): Promise<Letter> {
  requireAddresses(config);
  const { to, cc, bcc, subject, text, html, from, replyTo, headers, smtp } = config;
  if (text === undefined && html === undefined) throw wrong('The mail has no text.');
  if (from !== undefined && smtp === undefined) throw wrong('Only a mail server of your own sends from an address of yours.');
  const attachments = await Promise.all(
    filesOf(run, config).map(async (file) => ({ filename: file.name, contentType: file.mime, content: await run.files.get(file) })),
  );
  // A line break would begin another header.
  const plain = subject.replaceAll(/[\r\n\0]+/g, ' ');
  const clean = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[\r\n\0]+/g, ' ')]));
  return { from, to, cc, bcc, replyTo, subject: plain, text, html, headers: clean, attachments, messageId: run.idempotencyKey.toLowerCase() };
}

async function send(run: NodeRun, config: Config): Promise<{ output: Json }> {
  const letter = await letterOf(run, config);
  const way = { asker: askerOf(run), server: config.smtp, signal: run.signal };
  const { messageId, accepted, rejected } = await outside(() => run.provider(Letters).send(letter, way), 'smtp-transport');
  if (rejected.length > 0) run.log('warn', `${rejected.length} of ${rejected.length + accepted.length} addresses were not taken.`);
  return { output: { messageId, accepted, rejected } };
}

export const email = defineNode({
  type: 'email',
  version: 1,
  label: 'Email',
  icon: 'mail',
  category: 'integration',
  summary: 'Send a mail, with files',
  docs: `Sends a mail through the mail server of the platform, or through one of your own that a secret holds.

Its Message-ID comes of the execution, the node and the iteration: one that is sent again after a crash is recognised by receivers. Addresses that the server does not take are listed in \`rejected\`; when it takes none the node fails with \`smtp-rejected\`.

Output: \`{ messageId, accepted, rejected }\`.`,
  config: Config,
  example: { to: ['ana@example.com'], subject: 'Server {{ input.name }}', text: 'It is there.' },
  defaults: { to: [], subject: '', text: '' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'effect',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 30,
  run: send,
  simulate: async (run, config) => {
    requireAddresses(config);
    const { to, cc, bcc, subject, text = null, html = null } = config;
    return { output: { messageId: `<${run.idempotencyKey.toLowerCase()}@dry-run>`, accepted: [...to, ...cc, ...bcc], rejected: [] }, would: { mail: { to, cc, bcc, subject, text, html } } };
  }, // prettier-ignore
});
