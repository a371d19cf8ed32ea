import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, test } from 'vitest';

interface Sdk {
  verifyWebhook: (options: { payload: string; headers: Record<string, string>; secret?: string; secrets?: string[] }) => Promise<{ event: unknown }>;
}
/** By address and not by name: the server knows no client of its own, and this test looks at both from outside. */
let sdk: Sdk;
beforeAll(async () => void (sdk = (await import(new URL('../../../sdk/src/webhooks.ts', import.meta.url).href)) as Sdk));

const headersOf = (id: string, at: Date, signature: string): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': signature,
});
const secretOf = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`;

test('whatever the public library signs, the SDK accepts, and both refuse the same once it is changed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 24, maxLength: 64 }),
      fc.stringMatching(/^[a-zA-Z0-9_-]{1,60}$/),
      fc.json(),
      fc.integer({ min: -310, max: 310 }).filter((age) => Math.abs(Math.abs(age) - 300) > 2),
      fc.boolean(),
      async (key, id, body, age, changed) => {
        const secret = secretOf(key);
        const at = new Date(Date.now() - age * 1000);
        const headers = headersOf(id, at, new Webhook(secret).sign(id, at, body));
        const payload = changed ? `${body} ` : body;
        const theirs = (() => {
          try {
            return { event: new Webhook(secret).verify(payload, headers) };
          } catch {
            return 'refused';
          }
        })();
        const ours = await sdk.verifyWebhook({ payload, headers, secret }).then(({ event }) => ({ event }), () => 'refused'); // prettier-ignore
        expect(ours).toEqual(theirs);
        expect(theirs === 'refused').toBe(changed || Math.abs(age) > 300);
      },
    ),
  );
});

test('two signatures of the public library, of an old and a new secret, are accepted with either of them', async () => {
  const [old, next, other] = [secretOf(randomBytes(32)), secretOf(randomBytes(32)), secretOf(randomBytes(32))];
  const at = new Date();
  const headers = headersOf('msg_1', at, [old, next].map((secret) => new Webhook(secret).sign('msg_1', at, '{}')).join(' '));
  for (const secret of [old, next]) expect((await sdk.verifyWebhook({ payload: '{}', headers, secret })).event).toEqual({});
  await expect(sdk.verifyWebhook({ payload: '{}', headers, secrets: [other] })).rejects.toThrow(/no signature fits/);
});
