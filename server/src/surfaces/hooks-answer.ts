import type { FastifyReply } from 'fastify';
import type { HookAnswer } from '#kernel/hooks.ts';
import { disposition } from './answer.ts';

/**
 * Never from a workflow: what belongs to the connection, what would act on other pages of ours, and what decides who may read an answer.
 * We answer from the address of the web application, so a cookie or a policy of its own would be ours.
 */
const DENIED: ReadonlySet<string> = new Set([
  'set-cookie', 'connection', 'transfer-encoding', 'content-length', 'keep-alive', 'upgrade', 'trailer', 'te', 'date', 'content-type', 'content-security-policy',
  'content-security-policy-report-only', 'strict-transport-security', 'x-frame-options', 'x-content-type-options', 'clear-site-data', 'service-worker-allowed',
  'access-control-allow-origin', 'access-control-allow-credentials', 'vary', 'x-request-id', 'refresh', 'nel', 'report-to', 'alt-svc',
]); // prettier-ignore

/** Shown in an origin of its own, without scripts. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: https:";
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

const typeOf = ({ headers }: HookAnswer, usual: string): string => {
  const wanted = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return wanted !== undefined && /^(text\/(plain|csv|xml)|application\/[\w.+-]+)(;|$)/.test(wanted) ? wanted : usual;
};

/** The answer of a workflow as HTTP. */
export function sendHookAnswer(reply: FastifyReply, answer: HookAnswer): FastifyReply {
  const { status, headers, body, bodyType } = answer;
  for (const [name, value] of Object.entries(headers)) if (!DENIED.has(name.toLowerCase())) void reply.header(name, value);
  void reply.code(status).headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': SANDBOX });
  if (NO_BODY.has(status)) return reply.send();
  if (bodyType === 'redirect') return reply.send();
  if (bodyType === 'html') return reply.type('text/html; charset=utf-8').send(String(body ?? ''));
  if (bodyType === 'text')
    return reply.type(typeOf(answer, 'text/plain; charset=utf-8')).send(typeof body === 'string' ? body : JSON.stringify(body));
  if (bodyType === 'file') {
    const { name, base64 } = body as { name: string; base64: string };
    return reply
      .headers({ 'Content-Type': 'application/octet-stream', 'Content-Disposition': disposition(name) })
      .send(Buffer.from(base64, 'base64'));
  }
  return reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}
