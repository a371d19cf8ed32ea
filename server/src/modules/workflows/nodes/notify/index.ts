import { z } from 'zod';
import { outside as guarded } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { Agreements, Messenger, type Notice } from '../../people.ts';
import { markOnce } from '../../triggers/marks.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type Result } from '../declare.ts';

const Config = z.object({
  channel: z.enum(['inapp', 'slack', 'webhook']).default('inapp').meta({ title: 'Way' }),
  to: z
    .array(z.string().max(500))
    .max(50)
    .default([])
    .meta({ title: 'To', help: 'Addresses or ids of members; name of the channel; web address', expression: 'tpl', examples: [['ana@example.com']] }),
  title: z.string().min(1).max(200).meta({ title: 'Title', expression: 'tpl' }),
  body: z.string().max(4_000).default('').meta({ title: 'Text', widget: 'textarea', expression: 'tpl' }),
  severity: z.enum(['info', 'warning', 'critical']).default('info').meta({ title: 'Severity' }),
  link: z.string().max(500).optional().meta({ title: 'Page', help: 'Path of a page here; the execution when left out', expression: 'tpl', examples: ['/servers'] }),
  dedupeKey: z.string().max(500).optional().meta({ title: 'Key', help: 'The same key is sent once within the time below', expression: 'tpl' }),
  throttleMinutes: z.int().min(1).max(10_080).default(60).meta({ title: 'For so many minutes' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const PAGE = /^\/(?!\/)[\w\-./?=&%#]*$/;

function noticeOf(run: NodeRun, { title, body, severity, link, dedupeKey }: Config): Notice {
  if (link !== undefined && !PAGE.test(link))
    throw new NodeError('type-error', 'validation', 'The page must be a path of this site, such as /servers.');
  const page = link ?? `/executions/${run.executionId}`;
  return {
    title,
    body,
    severity,
    page,
    dedupeKey: dedupeKey === undefined ? run.idempotencyKey : `${run.workflowId} ${dedupeKey} ${run.idempotencyKey}`,
  };
}

const answer = (channel: string, to: readonly string[], sent: number, throttled = false): Json => ({ channel, to: [...to], sent, throttled });

/** Inbox and channels are tables of ours: written with the checkpoint, so exactly once. */
function within(run: NodeRun, config: Config): Result {
  const { channel, to } = config;
  const notice = noticeOf(run, config);
  return {
    commit: async (ctx) => {
      if (await isThrottled(run, config, ctx)) return { output: answer(channel, to, 0, true) };
      const messenger = ctx.provider(Messenger);
      if (channel === 'inapp') {
        const people = await ctx.provider(Agreements).people(ctx.db, ctx.tenantId, to);
        return { output: answer(channel, to, await messenger.inApp(ctx, people, notice)) };
      }
      for (const name of to)
        if (!(await messenger.channel(ctx, name, notice)))
          throw new NodeError(
            'not-found',
            'not_found',
            `There is no channel "${name}" that is switched on. Set it up under Settings, Notifications.`,
          );
      return { output: answer(channel, to, to.length) };
    },
  };
}

const isThrottled = async (run: NodeRun, { dedupeKey, throttleMinutes }: Config, ctx: Parameters<typeof markOnce>[0]): Promise<boolean> =>
  dedupeKey !== undefined &&
  !(await markOnce(ctx, { purpose: 'notice', workflowId: run.workflowId, key: `${run.nodeId} ${dedupeKey}`, hours: throttleMinutes / 60 }));

const RETRIED: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

async function post(run: NodeRun, url: string, message: Json, key: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const request = {
    url,
    method: 'POST',
    headers,
    body: Buffer.from(JSON.stringify(message)),
    redirects: 0,
    timeoutMs: 15_000,
    maxBytes: 65_536,
    signal: run.signal,
  };
  const { status } = await guarded(() => run.provider(Egress).request(askerOf(run), request));
  if (status >= 400) throw new NodeError('http-status', RETRIED.has(status) ? 'transient' : 'validation', `The address answered ${status}.`, { details: { status } }); // prettier-ignore
  return status;
}

async function outside(run: NodeRun, config: Config): Promise<Result> {
  const { title, body, severity, page, dedupeKey } = noticeOf(run, config);
  // Set apart from the sending: one that is repeated after a crash is not throttled by itself.
  const throttled = await run.step('throttle', async () => run.tx(async (ctx) => isThrottled(run, config, ctx)));
  if (throttled) return { output: answer(config.channel, config.to, 0, true) };
  const message: Json = { title, body, severity, page, dedupeKey, workflowId: run.workflowId, executionId: run.executionId };
  for (const [at, url] of config.to.entries()) await run.step(`post ${at}`, () => post(run, url, message, `${run.idempotencyKey}-${at}`));
  return { output: answer(config.channel, config.to, config.to.length) };
}

export const notify = defineNode({
  type: 'notify',
  version: 1,
  label: 'Notify',
  icon: 'megaphone',
  category: 'integration',
  summary: 'Tell people: in their inbox, in Slack, or a web address',
  docs: `Tells somebody something.

- **inapp**: members of the tenant, by address or id; each as they wish to be told.
- **slack**: a channel that is set up under Settings, Notifications, by its name.
- **webhook**: a JSON document to a web address, with an \`Idempotency-Key\`.

With a key the same is told once within the time. Output: \`{ channel, to, sent, throttled }\`.`,
  config: Config,
  example: { channel: 'inapp', to: ['ana@example.com'], title: 'Done', body: '{{ input.name }} is there.' },
  defaults: { channel: 'inapp', title: '' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'effect',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 30,
  run: (run, config) => {
    if (config.to.length === 0) throw new NodeError('node-config-invalid', 'config', 'Say whom it is for.');
    return config.channel === 'webhook' ? outside(run, config) : within(run, config);
  },
  simulate: async (_run, { channel, to, title }) => ({ output: answer(channel, to, to.length), would: { notify: channel, to: [...to], title } }),
});
