import { watch } from './canary.ts';
import type { Login, Product } from './product.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: any; // oxlint-disable-line typescript/no-explicit-any -- a test reads whatever the route answers
}

/** One REST call with a person's API key. */
export async function api(
  product: Pick<Product, 'url'>,
  login: Pick<Login, 'apiKey'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${login.apiKey}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  watch.look(`answer to ${method} ${path}`, text);
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
}

/** Waits until a Change has ended and answers it. */
export async function ended(product: Pick<Product, 'url'>, login: Login, change: string, timeoutMs = 60_000) {
  for (const end = Date.now() + timeoutMs; ;) {
    const { body } = await api(product, login, 'GET', `/changes/${change}`);
    if (body.endedAt) return body;
    if (Date.now() > end) throw new Error(`${change} is still ${body.state}: ${JSON.stringify(body.job)}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Runs a call to its end: approves the Change with another person's key when one is needed. */
export async function governed(product: Pick<Product, 'url'>, requester: Login, approver: Login, method: string, path: string, body: unknown) {
  const asked = await api(product, requester, method, path, body);
  if (asked.status < 202) return asked.body;
  if (asked.status !== 202) throw new Error(`${method} ${path} answered ${asked.status}: ${JSON.stringify(asked.body)}`);
  const { change } = asked.body;
  if (change.state === 'awaiting_approval') {
    const { body: seen } = await api(product, approver, 'GET', `/changes/${change.id}`);
    const approved = await api(product, approver, 'POST', `/changes/${change.id}/approve`, { planHash: seen.planHash });
    if (approved.status !== 200) throw new Error(`approving ${change.number} answered ${approved.status}: ${JSON.stringify(approved.body)}`);
  }
  const done = await ended(product, requester, change.id);
  if (done.state !== 'succeeded') throw new Error(`${done.number} ended ${done.state}: ${JSON.stringify(done.problem)}`);
  return done.outcome;
}
