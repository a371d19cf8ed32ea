import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayDecideHere, slackMessage } from './messages.ts';
import { pressedIn } from './press.ts';
import { readClaim, signClaim, type Claim } from './links.ts';
import { isFromSlack } from './verify.ts';

const SECRET = '8f742231b10e8888abcd99ba9e8485a5';
const sign = (timestamp: string, body: string, secret = SECRET): string => `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`; // prettier-ignore
const now = new Date(1_531_420_618_000);

test('a signature of Slack’s form holds for its body, its moment and its secret alone, for five minutes each way', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -300, max: 300 }), (body, off) => {
      const timestamp = String(1_531_420_618 + off);
      const good = { body, timestamp, signature: sign(timestamp, body) };
      return (
        isFromSlack(good, SECRET, now) &&
        !isFromSlack({ ...good, body: `${body} ` }, SECRET, now) &&
        !isFromSlack({ ...good, signature: sign(timestamp, body, SECRET.replace('8', '9')) }, SECRET, now) &&
        !isFromSlack({ ...good, timestamp: String(Number(timestamp) + 1) }, SECRET, now) &&
        !isFromSlack(good, SECRET, new Date(now.getTime() + (off + 301) * 1000)) &&
        !isFromSlack(good, SECRET, new Date(now.getTime() + (off - 301) * 1000))
      );
    }),
  );
  for (const signature of [undefined, '', 'v0=', `v1=${'0'.repeat(64)}`, `v0=${'g'.repeat(64)}`])
    expect(isFromSlack({ body: 'x', timestamp: '1531420618', signature }, SECRET, now)).toBe(false);
});

test('whatever is posted, reading it throws nothing', () => {
  fc.assert(fc.property(fc.string(), (body) => pressedIn(body) === undefined));
  fc.assert(fc.property(fc.json(), (payload) => pressedIn(new URLSearchParams({ payload }).toString()) === undefined));
});

test('what people call things is never markup in Slack, and a message keeps Slack’s limits', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000 }), fc.array(fc.string({ maxLength: 200 }), { maxLength: 10 }), (summary, targets) => {
      const { text, blocks } = slackMessage('approval.requested', { summary, requester: summary, targets, page: '/x' }, { publicUrl: 'https://y', interactive: true }); // prettier-ignore
      const marked = JSON.stringify(blocks.filter((block) => (block as { type: string }).type === 'section'));
      return !/[<>]/.test(marked) && !/[<>]/.test(text) && text.length < 20_000 && blocks.length < 50;
    }),
  );
});

test('buttons are there up to medium risk and where no fresh proof is asked for', () => {
  const about = { approvalId: 'a', planHash: 'p', page: '/x' };
  expect((['low', 'medium', 'high', 'critical'] as const).filter((risk) => mayDecideHere({ ...about, risk }))).toEqual(['low', 'medium']);
  expect(mayDecideHere({ ...about, risk: 'low', stepUp: true })).toBe(false);
  expect(mayDecideHere(about)).toBe(false);
});

test('a link that says who somebody is cannot be changed, and is good for fifteen minutes', () => {
  const keyed = (text: string): string => createHmac('sha256', 'k').update(text).digest('hex');
  const claim: Claim = { tenantId: 't', channelId: 'c', team: 'T1', user: 'U1', name: 'ann', email: 'ann@acme.example' };
  const token = signClaim(keyed, claim, now);
  expect(readClaim(keyed, token, new Date(now.getTime() + 899_000))).toEqual(claim);
  expect(() => readClaim(keyed, token, new Date(now.getTime() + 901_000))).toThrow('cannot be used');
  const [payload, signature] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...claim, user: 'U2', expires: 9e9 })).toString('base64url');
  for (const forged of [`${other}.${signature}`, `${payload}.`, payload!, `${payload}.${'0'.repeat(64)}`, ''])
    expect(() => readClaim(keyed, forged, now)).toThrow('cannot be used');
});
