import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#kernel/problem.ts';

interface Relay {
  request: FastifyRequest;
  reply: FastifyReply;
  response: Response;
  /** What the handler refused, once it has run. */
  refusal: () => Problem | undefined;
  refuse: (problem: Problem, id: unknown) => FastifyReply;
}

const drained = (raw: FastifyReply['raw']): Promise<void> =>
  new Promise((done) => {
    const finish = (): void => {
      raw.off('drain', finish);
      raw.off('close', finish);
      done();
    };
    raw.once('drain', finish);
    raw.once('close', finish);
  });

async function pump(reader: ReadableStreamDefaultReader<Uint8Array>, reply: FastifyReply): Promise<void> {
  const { raw } = reply;
  raw.once('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
    if (done || raw.destroyed) break;
    if (value && !raw.write(value)) await drained(raw);
  }
  raw.end();
}

/**
 * Writes the SDK's response. The status of a call is known only when its first message is there: a quota that is used up must be
 * HTTP 429, so headers wait for that message. A stream that is opened by GET has no such message and goes out at once.
 */
export async function relay({ request, reply, response, refusal, refuse }: Relay): Promise<FastifyReply | void> {
  if (!response.body) return reply.code(response.status).headers(Object.fromEntries(response.headers)).send();
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const first = request.method === 'POST' ? await reader.read() : undefined;
  const problem = refusal();
  if (problem) {
    await reader.cancel();
    return refuse(problem, (request.body as { id?: unknown } | null)?.id ?? null);
  }
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(response.status, { ...(reply.getHeaders() as Record<string, string>), ...Object.fromEntries(response.headers) });
  raw.flushHeaders();
  if (first?.value) raw.write(first.value);
  if (first?.done) raw.end();
  else await pump(reader, reply);
}
