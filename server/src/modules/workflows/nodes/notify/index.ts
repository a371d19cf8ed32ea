import { outside as guarded } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { Agreements, Messenger, type Notice } from '../../people.ts';
import { markOnce } from '../../triggers/marks.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { Config, NEEDS } from './config.ts';
import { messagesFor, type Message } from './messages.ts';

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

async function post(run: NodeRun, { url, headers, body, hidden }: Message): Promise<number> {
  const request = {
    url,
    method: 'POST',
    headers: { ...headers },
    body: Buffer.from(body),
    redirects: 0,
    timeoutMs: 15_000,
    maxBytes: 65_536,
    signal: run.signal,
  };
  const { status } = await guarded(() => run.provider(Egress).request(askerOf(run), request)).catch((error: unknown) => {
    if (hidden && error instanceof NodeError && error.class === 'egress')
      throw new NodeError(error.type, error.class, 'The secret address must not be called: it is none, or leads to where nobody may go.');
    throw error;
  });
  // A redirect is not followed, so whoever it was for has not been told.
  if (status < 300) return status;
  const kind = RETRIED.has(status) ? 'transient' : status === 401 || status === 403 ? 'auth' : 'validation';
  throw new NodeError('http-status', kind, `The address answered ${status}.`, { details: { status } });
}

async function outside(run: NodeRun, config: Config): Promise<Result> {
  const { channel, to } = config;
  const notice = noticeOf(run, config);
  // Set apart from the sending: one that is repeated after a crash is not throttled by itself. A pager joins by its key itself.
  const throttled = channel !== 'pager' && (await run.step('throttle', async () => run.tx(async (ctx) => isThrottled(run, config, ctx))));
  if (throttled) return { output: answer(channel, to, 0, true) };
  const messages = messagesFor(run, config, { ...notice, link: run.provider(Messenger).link(notice.page) });
  for (const [at, message] of messages.entries()) await run.step(`post ${at}`, () => post(run, message));
  return { output: answer(channel, to, messages.length) };
}

const isWithin = (channel: Config['channel']): boolean => channel === 'inapp' || channel === 'slack';
const isMissing = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const missingIn = (config: RawConfig): string[] => (NEEDS[String(config['channel'] ?? 'inapp')] ?? []).filter((field) => isMissing(config[field]));

/** Whom it is for may stand in an expression, or be nobody yet while it is drawn. */
const check = (config: RawConfig): OwnFinding[] => [
  ...missingIn(config).filter((field) => field !== 'to').map((field): OwnFinding => ({ rule: 'V03', severity: 'error', pointer: `/${field}`, message: 'Needed for this way' })),
  ...(config['channel'] === 'pager' && config['event'] !== undefined && config['event'] !== 'trigger' && isMissing(config['dedupeKey']) ? [{ rule: 'V03', severity: 'error' as const, pointer: '/dedupeKey', message: 'Say which incident' }] : []),
]; // prettier-ignore

export const notify = defineNode({
  type: 'notify',
  version: 1,
  label: 'Notify',
  icon: 'megaphone',
  category: 'integration',
  summary: 'Tell people: in their inbox, in Slack or Teams, by pager or text message, or a web address',
  docs: `Tells somebody something.

- **inapp**: members of the tenant, by address or id; each as they wish to be told.
- **slack**: a channel that is set up under Settings, Notifications, by its name.
- **teams**: a channel in Microsoft Teams, by the address of a workflow there ("When a Teams webhook request is received"), as a card.
- **pager**: an incident at PagerDuty, or whatever takes its events (v2): begins, acknowledges or resolves the one that the key names.
- **sms**: phones, by your own account at Twilio, or whatever speaks as it does.
- **webhook**: a JSON document to a web address, with an \`Idempotency-Key\`.

With a key the same is told once within the time. Output: \`{ channel, to, sent, throttled }\`. Teams and phones know no key by which they would tell a repeat: what was broken off by a crash is sent again.`,
  config: Config,
  example: { channel: 'inapp', to: ['ana@example.com'], title: 'Done', body: '{{ input.name }} is there.' },
  defaults: { channel: 'inapp', title: '' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'effect',
  idempotent: ({ channel }) => channel !== 'teams' && channel !== 'sms',
  inDoubt: 'retry',
  timeoutSeconds: 30,
  check,
  run: (run, config) => {
    const [missing] = missingIn(config as unknown as RawConfig);
    if (missing) throw new NodeError('node-config-invalid', 'config', missing === 'to' ? 'Say whom it is for.' : `Say the ${missing}.`);
    return isWithin(config.channel) ? within(run, config) : outside(run, config);
  },
  simulate: async (_run, { channel, to, title }) => ({ output: answer(channel, to, to.length), would: { notify: channel, to: [...to], title } }),
});
