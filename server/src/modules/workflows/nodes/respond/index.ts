import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type FileValue, type NodeRun } from '../declare.ts';

const Config = z.object({
  status: z.int().min(200).max(599).optional().meta({ title: 'Status', help: '200, or 302 for a redirect, when left out' }),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/), z.string().max(2_048))
    .default({})
    .meta({ title: 'Headers', widget: 'keyValue', expression: 'tpl' }),
  bodyType: z.enum(['json', 'text', 'html', 'file', 'redirect']).default('json').meta({ title: 'Kind of body' }),
  body: Json.optional().meta({ title: 'Body', help: 'What came in when left out; the address for a redirect', widget: 'code', expression: 'tpl' }),
});
type Config = z.output<typeof Config>;

const isFile = (value: Json): value is Json & FileValue =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value['$file'] === 'string';

/** A line break in a header would end it. */
const headersOf = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.replaceAll(/[\r\n\0]+/g, ' ')]));

function redirectTo(body: Json): string {
  const text = typeof body === 'string' ? body : '';
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).href;
  throw new NodeError('type-error', 'validation', 'A redirect needs a whole web address as its body.');
}

const FILE_BYTES = 25 * 1_048_576;
async function fileOf(run: NodeRun, body: Json): Promise<Json> {
  if (!isFile(body)) throw new NodeError('type-error', 'validation', 'The body is not a file.');
  if (body.size > FILE_BYTES) throw new NodeError('output-too-large', 'limit', 'A file of more than 25 MiB is not sent as an answer.');
  const bytes = await run.files.get(body);
  return { name: body.name, mime: body.mime, base64: Buffer.from(bytes).toString('base64') };
}

const bodyOf = (run: NodeRun, { body }: Config): Json => (body === undefined ? run.input : body);

function say(run: NodeRun, { status, bodyType, headers: given }: Config, body: Json, sent: Json): { output: Json } {
  const headers = headersOf(given);
  if (bodyType === 'redirect') headers['location'] = redirectTo(body);
  const isFirst = run.answer({ status: status ?? (bodyType === 'redirect' ? 302 : 200), headers, body: sent, bodyType });
  if (!isFirst) run.log('warn', 'Nobody waits for an answer, or it was given already; this one only sets the output.');
  return { output: body };
}

/** At once, unless a file has to be read: what follows is then written with the answer, in one transaction. */
function answer(run: NodeRun, config: Config): { output: Json } | Promise<{ output: Json }> {
  const body = bodyOf(run, config);
  if (config.bodyType === 'file') return fileOf(run, body).then((file) => say(run, config, body, file));
  return say(run, config, body, config.bodyType === 'redirect' ? null : body);
}

export const respond = defineNode({
  type: 'respond',
  version: 1,
  label: 'Respond',
  icon: 'reply',
  category: 'integration',
  summary: 'Answer whoever called the workflow',
  docs: `Answers the waiting caller of a webhook (response mode **respond_node**) or of the API, once. A second Respond in the same execution is passed over with a warning; without a waiting caller it only sets the output of the execution.

Pages (\`html\`) are shown in a sandbox: without scripts, and without a way to the pages of Switchyard.`,
  config: Config,
  example: { status: 200, bodyType: 'json', body: { ok: true } },
  defaults: { bodyType: 'json' },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }],
  effect: 'effect',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 5,
  run: answer,
  simulate: async (run, config) => ({ output: bodyOf(run, config), would: { respond: { status: config.status ?? 200, bodyType: config.bodyType } } }),
});
