import type { OutboundStream } from '#kernel/outbound-stream.ts';

/** The guarded way out of a tenant (`Egress.stream`), as far as providers need it. */
export type Outlet = (request: {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | undefined;
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal | undefined;
}) => Promise<OutboundStream>;

/** An answer is text; what is larger is no answer. */
const LARGEST = 16 * 1_024 * 1_024;
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

async function bytesOf(body: RequestInit['body']): Promise<Uint8Array | undefined> {
  return body === undefined || body === null ? undefined : new Uint8Array(await new Response(body).arrayBuffer());
}

function streamOf({ body, close }: OutboundStream): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await body.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: close,
  });
}

/** `fetch` as libraries expect it, by the guarded way out. Redirects are answers: a provider that moved is to be set up anew. */
export const fetchBy =
  (outlet: Outlet, timeoutMs: number): typeof globalThis.fetch =>
  async (input, init) => {
    const { signal, method = 'GET', headers, body } = init ?? {};
    const answer = await outlet({
      url: input instanceof Request ? input.url : String(input),
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), 'user-agent': 'Switchyard-AI/1' },
      body: await bytesOf(body),
      timeoutMs,
      maxBytes: LARGEST,
      signal: signal ?? undefined,
    });
    // It is unpacked already.
    const { 'content-encoding': _, 'content-length': __, ...shown } = answer.headers;
    const hasNone = BODILESS.has(answer.status);
    if (hasNone) answer.close();
    return new Response(hasNone ? null : streamOf(answer), { status: answer.status, headers: shown });
  };
