import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlackPost {
  channel: string;
  ts: string;
  text: string;
  blocks: SlackBlock[];
  /** Only this person sees it. */
  user?: string;
}
export interface SlackBlock {
  type: string;
  block_id?: string;
  elements?: { type: string; action_id?: string; value?: string; url?: string }[];
}

interface Answer {
  status: number;
  body: string | Record<string, unknown>;
  headers?: Record<string, string>;
}

const TOKEN = 'xoxb-1234567890-fake';
const SECRET = '8f742231b10e8888abcd99ba9e8485a5';
const TEAM = 'T0123ABCD';
const LONGEST = 40_000;
const MOST_BLOCKS = 50;

interface SentBlock {
  type?: string;
  text?: { text?: string };
  fields?: { text: string }[];
  elements?: { value?: string }[];
}
/** The limits of the Block Kit reference, for the blocks that we know. */
const CHECKS: Record<string, (block: SentBlock) => boolean> = {
  header: ({ text }) => Boolean(text?.text) && text!.text!.length <= 150,
  section: ({ text, fields }) =>
    (text === undefined ? fields !== undefined : Boolean(text.text) && text.text!.length <= 3_000) &&
    (fields === undefined || (fields.length > 0 && fields.length <= 10 && fields.every((field) => field.text.length <= 2_000))),
  context: ({ elements = [] }) => elements.length > 0 && elements.length <= 10,
  actions: ({ elements = [] }) => elements.length > 0 && elements.length <= 25 && elements.every(({ value = '' }) => value.length <= 2_000),
  input: () => true,
  divider: () => true,
};
const isBlock = (block: SentBlock): boolean => CHECKS[block.type ?? '']?.(block) ?? false;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

export interface SlackPerson {
  id: string;
  name: string;
  email: string;
}

/**
 * Slack as its documentation describes it: incoming webhooks (text answers: `ok`, `invalid_payload`, `no_service`), the methods of the Web
 * API that a bot with buttons needs (HTTP 200 with `ok` and `error`, 429 with Retry-After), and signed posts of pressed buttons.
 */
export async function startSlack({ people = [], channel = 'C024BE91L' }: { people?: readonly SlackPerson[]; channel?: string } = {}) {
  const posts: SlackPost[] = [];
  const updates: SlackPost[] = [];
  const whispers: SlackPost[] = [];
  const forced: Answer[] = [];
  let clock = 1_700_000_000;
  let open = true;
  const nextTs = (): string => `${(clock += 1)}.000100`;

  function messageFault({ text, blocks }: { text?: unknown; blocks?: unknown }): string | undefined {
    if (blocks === undefined) return typeof text === 'string' && text !== '' ? undefined : 'no_text';
    if (typeof text === 'string' && text.length > LONGEST) return 'msg_too_long';
    const good = Array.isArray(blocks) && blocks.length <= MOST_BLOCKS && (blocks as SentBlock[]).every(isBlock);
    return good ? undefined : 'invalid_blocks';
  }

  function webhook(text: string): Answer {
    if (!open) return { status: 404, body: 'no_service' };
    try {
      const message = JSON.parse(text) as { text?: string; blocks?: SlackBlock[] };
      const fault = messageFault(message);
      if (fault) return { status: 400, body: fault };
      posts.push({ channel: 'webhook', ts: nextTs(), text: message.text ?? '', blocks: message.blocks ?? [] });
      return { status: 200, body: 'ok' };
    } catch {
      return { status: 400, body: 'invalid_payload' };
    }
  }

  const refusal = (error: string): Answer => ({ status: 200, body: { ok: false, error } });

  function method(name: string, text: string): Answer {
    const body = JSON.parse(text) as { channel?: string; text?: string; blocks?: SlackBlock[]; user?: string; ts?: string };
    if (name === 'users.info') {
      const person = people.find(({ id }) => id === body.user);
      return person ? { status: 200, body: { ok: true, user: { id: person.id, name: person.name, profile: { email: person.email } } } } : refusal('user_not_found'); // prettier-ignore
    }
    if (body.channel !== channel) return refusal('channel_not_found');
    const fault = messageFault(body);
    if (fault) return refusal(fault);
    const post = { channel, ts: nextTs(), text: body.text ?? '', blocks: body.blocks ?? [] };
    if (name === 'chat.postMessage') posts.push(post);
    else if (name === 'chat.postEphemeral') whispers.push({ ...post, user: body.user! });
    else if (name === 'chat.update') {
      if (!posts.some(({ ts }) => ts === body.ts)) return refusal('message_not_found');
      updates.push({ ...post, ts: body.ts! });
    } else return refusal('unknown_method');
    return { status: 200, body: { ok: true, channel, ts: body.ts ?? post.ts } };
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const text = await textOf(request);
    const next = forced.shift();
    if (next) return next;
    const url = request.url ?? '';
    if (request.method !== 'POST') return { status: 405, body: 'method_not_allowed' };
    if (url === '/services/T0/B0/secret') return webhook(text);
    const [, name] = /^\/api\/([\w.]+)$/.exec(url) ?? [];
    if (name === undefined) return { status: 404, body: 'no_service' };
    return request.headers.authorization === `Bearer ${TOKEN}` ? method(name, text) : refusal('invalid_auth');
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers } = await answer(request);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers }).end(text);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  /** Headers of a request that we sign; `secret` and `at` are for those who are not we. */
  function signed(body: string, { secret = SECRET, at = Date.now() }: { secret?: string; at?: number } = {}): Record<string, string> {
    const timestamp = String(Math.floor(at / 1000));
    return {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
    };
  }

  /** The form that is posted when somebody presses a button of a message. */
  function pressBody(post: SlackPost, act: string, user: { id: string; name: string }, comment?: string): string {
    const button = post.blocks.flatMap(({ elements = [] }) => elements).find(({ action_id: id }) => id === act);
    if (!button) throw new Error(`the message has no button "${act}"`);
    const payload = {
      type: 'block_actions',
      user: { id: user.id, username: user.name, name: user.name, team_id: TEAM },
      api_app_id: 'A0FAKE',
      token: randomBytes(12).toString('hex'),
      container: { type: 'message', message_ts: post.ts, channel_id: post.channel },
      trigger_id: '1.2.3',
      team: { id: TEAM, domain: 'acme' },
      channel: { id: post.channel, name: 'changes' },
      message: { type: 'message', ts: post.ts, text: post.text },
      state: { values: comment === undefined ? {} : { comment: { text: { type: 'plain_text_input', value: comment } } } },
      response_url: `${url}/actions/T0/1/x`,
      actions: [{ action_id: act, block_id: 'b', type: 'button', value: button.value, action_ts: nextTs() }],
    };
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }

  return {
    url,
    webhookUrl: `${url}/services/T0/B0/secret`,
    token: TOKEN,
    signingSecret: SECRET,
    channel,
    posts,
    updates,
    whispers,
    signed,
    pressBody,
    /** The next request is one too many. */
    busyOnce: (seconds: number) => void forced.push({ status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } }), // prettier-ignore
    failOnce: () => void forced.push({ status: 503, body: 'service_unavailable' }),
    /** The webhook is taken away, as when an app is uninstalled. */
    removeWebhook: () => void (open = false),
    close: () => new Promise<void>((done) => (server.close(() => done()), server.closeAllConnections())),
  };
}
export type SlackFake = Awaited<ReturnType<typeof startSlack>>;
