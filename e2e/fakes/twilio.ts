import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TwilioMessage {
  sid: string;
  to: string;
  from: string | null;
  body: string;
}

export interface TwilioOptions {
  /** Numbers of the account that texts may come from. */
  numbers?: readonly string[];
  /** SIDs of messaging services. */
  services?: readonly string[];
  /** Numbers that take no texts. */
  landlines?: readonly string[];
  /** Numbers whose owners answered STOP. */
  stopped?: readonly string[];
  /** Prefixes that the account may send to. */
  regions?: readonly string[];
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'f4k3'.repeat(8);
const LONGEST = 1600;

const fault = (status: number, code: number, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  headers,
});

async function read(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request) text += String(part);
  return new URLSearchParams(/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '') ? text : '');
}

/** Twilio's Messages resource as its documentation describes it: form in, JSON out, its checks in their order and with its error codes. */
export async function startTwilio(options: TwilioOptions = {}) {
  const { numbers = ['+15005550006'], services = [], landlines = [], stopped = [], regions = ['+'] } = options;
  const messages: TwilioMessage[] = [];
  /** Answers that the next requests get instead. */
  const forced: Answer[] = [];

  function receiverFault(to: string): Answer | undefined {
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return fault(400, 21211, `Invalid 'To' Phone Number: ${to}`);
    if (!regions.some((prefix) => to.startsWith(prefix)))
      return fault(400, 21408, `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}.`);
    if (landlines.includes(to)) return fault(400, 21614, `'To' number is not a valid mobile number: ${to}`);
    return stopped.includes(to) ? fault(400, 21610, 'Attempt to send to unsubscribed recipient') : undefined;
  }

  function senderFault(from: string | null, service: string | null, to: string): Answer | undefined {
    if (service !== null) return services.includes(service) ? undefined : fault(400, 21701, `The Messaging Service ${service} does not exist`);
    if (!from) return fault(400, 21603, "A 'From' phone number is required.");
    if (!numbers.includes(from)) return fault(400, 21606, `The 'From' phone number ${from} is not a valid, SMS-capable Twilio number`);
    return from === to ? fault(400, 21266, "'To' and 'From' number cannot be the same") : undefined;
  }

  function bodyFault(body: string | null): Answer | undefined {
    if (!body) return fault(400, 21602, 'Message body is required.');
    return body.length > LONGEST ? fault(400, 21617, 'The concatenated message body exceeds the 1600 character limit') : undefined;
  }

  function send(form: URLSearchParams): Answer {
    const [to, from, service, body] = ['To', 'From', 'MessagingServiceSid', 'Body'].map((name) => form.get(name)) as [string | null, string | null, string | null, string | null]; // prettier-ignore
    if (!to) return fault(400, 21604, "A 'To' phone number is required.");
    const refused = bodyFault(body) ?? senderFault(from, service, to) ?? receiverFault(to);
    if (refused) return refused;
    const sid = `SM${randomBytes(16).toString('hex')}`;
    messages.push({ sid, to, from, body: body! });
    return {
      status: 201,
      body: {
        sid, account_sid: SID, to, from, messaging_service_sid: service, body, status: service ? 'accepted' : 'queued', direction: 'outbound-api',
        num_segments: '1', num_media: '0', price: null, price_unit: 'USD', error_code: null, error_message: null, api_version: '2010-04-01',
        date_created: new Date().toUTCString(), date_sent: null, uri: `/2010-04-01/Accounts/${SID}/Messages/${sid}.json`,
      },
    }; // prettier-ignore
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const next = forced.shift();
    if (next) return next;
    if (request.headers.authorization !== `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`) return fault(401, 20003, 'Authenticate');
    if (request.url !== `/2010-04-01/Accounts/${SID}/Messages.json`) return fault(404, 20404, `The requested resource ${request.url} was not found`);
    return request.method === 'POST' ? send(await read(request)) : fault(405, 20004, 'Method not allowed');
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers } = await answer(request);
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    /** For `SWITCHYARD_SMS_URL`. */
    url: `twilio+http://${SID}:${TOKEN}@127.0.0.1:${port}?from=${encodeURIComponent(numbers[0] ?? '')}`,
    port,
    messages,
    /** Too many requests at once, as the API's concurrency limit answers. */
    busyOnce: (seconds: number) => void forced.push(fault(429, 20429, 'Too Many Requests', { 'retry-after': String(seconds) })),
    failOnce: () => void forced.push(fault(503, 20503, 'Service is temporarily unavailable')),
    /** Digits of the last text to a number. */
    codeFor: (to: string) => /\d{6}/.exec(messages.findLast((message) => message.to === to)?.body ?? '')?.[0],
    close: () => new Promise<void>((done) => (server.close(() => done()), server.closeAllConnections())),
  };
}
