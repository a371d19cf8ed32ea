import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyWebhook, WebhookVerificationError, type VerifyWebhookOptions } from './webhooks.ts';

const BODY = '{"type":"server.created","timestamp":"2026-11-20T20:00:00Z","tenantId":"t","apiVersion":"v1","sequence":3,"data":{"name":"wéb"}}';
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const SECRET = newSecret();
const now = (): number => Math.floor(Date.now() / 1000);

/** By node:crypto, so that nothing of what is tested signs for itself. */
function signed(body: string | Uint8Array = BODY, { secret = SECRET, sent = now(), id = 'msg_1' } = {}): VerifyWebhookOptions {
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${sent}.`)
    .update(body)
    .digest('base64');
  return { payload: body, headers: { 'webhook-id': id, 'webhook-timestamp': `${sent}`, 'webhook-signature': `v1,${mac}` }, secret: SECRET };
}
const faultOf = (options: VerifyWebhookOptions): Promise<string> =>
  verifyWebhook(options).then(
    () => 'believed',
    (error: unknown) => (error instanceof WebhookVerificationError ? error.fault : String(error)),
  );
const signatureOf = (options: VerifyWebhookOptions): string => (options.headers as Record<string, string>)['webhook-signature']!;
const withHeaders = (options: VerifyWebhookOptions, headers: Record<string, string | string[]>): VerifyWebhookOptions => ({
  ...options,
  headers: { ...(options.headers as Record<string, string>), ...headers },
});

test('the vector of the Standard Webhooks specification is accepted', async () => {
  const { id, sentAt, event } = await verifyWebhook({
    payload: '{"test": 2432232314}',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    toleranceSeconds: Number.POSITIVE_INFINITY,
  });
  expect([id, sentAt.toISOString(), event]).toEqual(['msg_p5jXN8AQM9LWM0D4loKWxJek', '2021-02-25T15:02:10.000Z', { test: 2432232314 }]);
});

test('a delivery is answered with its id, its time and its event, as text or bytes, and whatever form its headers have', async () => {
  const delivery = signed();
  const answer = await verifyWebhook<{ name: string }>(delivery);
  expect(answer).toMatchObject({ id: 'msg_1', event: { type: 'server.created', sequence: 3 } });
  expect(answer.event.data.name).toBe('wéb');
  const headers = delivery.headers as Record<string, string>;
  expect(await faultOf({ ...delivery, payload: Buffer.from(BODY) })).toBe('believed');
  expect(await faultOf({ ...delivery, headers: new Headers(headers) })).toBe('believed');
  const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
  expect(await faultOf({ ...delivery, headers: upper })).toBe('believed');
});

test('any one changed bit of body, id, time or signature is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.integer({ min: 0, max: 7 }), async (body, place, bit) => {
      const changed = Uint8Array.from(body);
      changed[place % body.length]! ^= 1 << bit;
      expect(await faultOf({ ...signed(body), payload: changed })).toBe('signature-invalid');
    }),
  );
  const delivery = signed();
  expect(await faultOf(withHeaders(delivery, { 'webhook-id': 'msg_2' }))).toBe('signature-invalid');
  expect(await faultOf(withHeaders(delivery, { 'webhook-timestamp': `${now() + 9}` }))).toBe('signature-invalid');
  const mac = Buffer.from(signatureOf(delivery).slice(3), 'base64');
  for (let at = 0; at < mac.length; at += 1) {
    const other = Uint8Array.from(mac);
    other[at]! ^= 1;
    expect(await faultOf(withHeaders(delivery, { 'webhook-signature': `v1,${Buffer.from(other).toString('base64')}` }))).toBe('signature-invalid');
  }
  for (const part of ['', 'v1,', 'v1', `v1,${mac.subarray(0, 16).toString('base64')}`, `v2,${mac.toString('base64')}`, 'v1,§§'])
    expect(await faultOf(withHeaders(delivery, { 'webhook-signature': part || ' ' })), part).toBe('signature-invalid');
});

test('what was sent more than five minutes ago, or will be, is refused, and so is a time that is none', async () => {
  expect(await faultOf(signed(BODY, { sent: now() - 290 }))).toBe('believed');
  expect(await faultOf(signed(BODY, { sent: now() + 290 }))).toBe('believed');
  expect(await faultOf(signed(BODY, { sent: now() - 302 }))).toBe('timestamp-too-old');
  expect(await faultOf(signed(BODY, { sent: now() + 310 }))).toBe('timestamp-too-new');
  expect(await faultOf({ ...signed(BODY, { sent: now() - 30 }), toleranceSeconds: 10 })).toBe('timestamp-too-old');
  for (const time of ['soon', '-1', '1e9', '1.5', '9'.repeat(20)])
    expect(await faultOf(withHeaders(signed(), { 'webhook-timestamp': time })), time).toBe('timestamp-invalid');
});

test('one of several signatures by one of several secrets is enough: while secrets take over from one another nothing is refused', async () => {
  const next = newSecret();
  const both = withHeaders(signed(), { 'webhook-signature': `v1a,bm90IG91cnM= ${signatureOf(signed())} ${signatureOf(signed(BODY, { secret: next }))}` }); // prettier-ignore
  const { payload, headers } = both;
  expect(await faultOf({ payload, headers, secret: next })).toBe('believed');
  expect(await faultOf({ payload, headers, secrets: [newSecret(), SECRET] })).toBe('believed');
  expect(await faultOf({ payload, headers, secret: SECRET.slice(6) }), 'without its prefix').toBe('believed');
  expect(await faultOf({ payload, headers, secret: newSecret() })).toBe('signature-invalid');
});

test('missing headers, a signed body that is no JSON and a secret that is none are told apart', async () => {
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
    expect(await faultOf(withHeaders(signed(), { [name]: '' })), name).toBe('headers-missing');
  expect(await faultOf(signed('not JSON'))).toBe('payload-invalid');
  expect(await faultOf(signed(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('payload-invalid');
  for (const secret of ['', 'whsec_', 'whsec_§']) expect(await faultOf({ ...signed(), secret }), secret).toMatch(/^TypeError/);
  const { payload, headers } = signed();
  expect(await faultOf({ payload, headers })).toMatch(/^TypeError/);
});
