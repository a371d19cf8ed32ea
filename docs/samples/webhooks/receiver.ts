// Receives webhooks of Switchyard with Node and the SDK:  SWITCHYARD_WEBHOOK_SECRET=whsec_… node receiver.ts
import { createServer, type IncomingMessage } from 'node:http';
import { verifyWebhook, WebhookVerificationError, type VerifiedWebhook } from '@switchyard/sdk';

const { PORT = '8080', SWITCHYARD_WEBHOOK_SECRET = '' } = process.env;
/** Several may be given, separated by spaces, while one takes over from the other. */
const secrets = SWITCHYARD_WEBHOOK_SECRET.split(' ').filter(Boolean);
const MOST_BYTES = 1_048_576;

/** In production: a table of ids with a unique key, written in the transaction of what the event leads to, kept for 30 days. */
const seen = new Set<string>();

/** What to do with an event. It should take well under 15 s: put it in a queue, and work on it from there. */
function handle({ id, event }: VerifiedWebhook): void {
  process.stdout.write(`${event.type} ${id}\n`);
}

/** The body as it arrived, byte for byte; null when it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= MOST_BYTES) parts.push(part);
  }
  return length <= MOST_BYTES ? Buffer.concat(parts) : null;
}

async function receive(request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') return 405;
  const payload = await bodyOf(request);
  if (payload === null) return 413;
  const delivery = await verifyWebhook({ payload, headers: request.headers, secrets });
  // The same delivery may come more than once: any 2xx says that it need not come again.
  if (seen.has(delivery.id)) return 200;
  seen.add(delivery.id);
  try {
    handle(delivery);
  } catch (error) {
    // Not dealt with, so not seen: the next attempt is another chance.
    seen.delete(delivery.id);
    throw error;
  }
  return 204;
}

const server = createServer((request, response) => {
  receive(request).then(
    (status) => void response.writeHead(status).end(),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      response.writeHead(error instanceof WebhookVerificationError ? 401 : 500).end();
    },
  );
});
server.requestTimeout = 15_000;
server.listen(Number(PORT), '127.0.0.1');
