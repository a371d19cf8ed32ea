import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../problems.ts';
import { Hmac } from '../config.ts';
import { matchesPattern, matchesType } from '../events/patterns.ts';
import { requireFitting } from '../inputs.ts';
import { bodyOf, fieldsOf, isWithin, shownHeaders } from './payload.ts';
import { basicOf, judgeHmac, same } from './signature.ts';

const now = new Date('2026-11-21T00:00:00Z');
const seconds = Math.floor(now.getTime() / 1_000);
const sign = (body: string, at?: number, key = 'k3y') => createHmac('sha256', key).update(at === undefined ? body : `${at}.${body}`).digest('hex'); // prettier-ignore

describe('signatures', () => {
  test('a signature is fine, missing, wrong or stale, and a stale one is told only to who can sign', () => {
    const hmac = Hmac.parse({ header: 'X-Signature', prefix: 'sha256=', timestampHeader: 'X-Time' });
    const judge = (headers: Record<string, string>, body = '{}') => judgeHmac(hmac, 'k3y', headers, Buffer.from(body), now);
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds)}`, 'x-time': String(seconds) })).toBe('fine');
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds).toUpperCase()}`, 'x-time': String(seconds) })).toBe('fine');
    expect(judge({ 'x-time': String(seconds) })).toBe('missing');
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds)}` })).toBe('missing');
    expect(judge({ 'x-signature': sign('{}', seconds), 'x-time': String(seconds) })).toBe('wrong');
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds)}`, 'x-time': String(seconds) }, '{"a":1}')).toBe('wrong');
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds)}`, 'x-time': String(seconds + 1) })).toBe('wrong');
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds - 301)}`, 'x-time': String(seconds - 301) })).toBe('stale');
    expect(judge({ 'x-signature': `sha256=${sign('{}', seconds - 301, 'other')}`, 'x-time': String(seconds - 301) })).toBe('wrong');
  });

  test('no other body and no other key fits, and of two signatures one is enough', () => {
    const hmac = Hmac.parse({});
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (body, other, key) => {
        const headers = { 'x-signature': `${sign('x', undefined, 'old')},${sign(body, undefined, key)}` };
        expect(judgeHmac(hmac, key, headers, Buffer.from(body), now)).toBe('fine');
        expect(judgeHmac(hmac, key, headers, Buffer.from(other), now)).toBe(other === body ? 'fine' : 'wrong');
        expect(judgeHmac(hmac, `${key}.`, headers, Buffer.from(body), now)).toBe('wrong');
        expect(same(body, other)).toBe(body === other);
      }),
      { numRuns: 50 },
    );
    expect(basicOf({ authorization: `Basic ${Buffer.from('ana:s3:cret').toString('base64')}` })).toBe('ana:s3:cret');
    expect(basicOf({ authorization: 'Bearer x' })).toBeUndefined();
  });
});

describe('what of a call is kept', () => {
  test('headers that prove who somebody is are dropped, and the one that carries the secret', () => {
    const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-hook': 's3cret', 'x-github-event': 'push', accept: ['a', 'b'] };
    expect(shownHeaders(headers, 'X-Hook')).toEqual({ 'x-github-event': 'push', accept: 'a, b' });
  });

  test('a body is read as its type says', () => {
    expect(bodyOf('application/json; charset=utf-8', Buffer.from('{"a":[1]}'))).toEqual({ a: [1] });
    expect(bodyOf('application/x-www-form-urlencoded', Buffer.from('a=1&b=2&b=3'))).toEqual({ a: '1', b: ['2', '3'] });
    expect(bodyOf('text/plain', Buffer.from('hello'))).toBe('hello');
    expect(bodyOf(undefined, new Uint8Array())).toBeNull();
    expect(() => bodyOf('application/json', Buffer.from('{'))).toThrow('not valid JSON');
    expect(() => bodyOf('application/json', Buffer.from('{"__proto__":{}}'))).toThrow('not valid JSON');
    expect(() => bodyOf('image/png', Buffer.from('x'))).toThrow('hand it on as it came');
    expect(fieldsOf(new URLSearchParams('__proto__=1&q=2'))).toEqual({ q: '2' });
  });

  test('addresses are held against ranges of either kind', () => {
    expect(isWithin('192.0.2.7', ['192.0.2.0/24'])).toBe(true);
    expect(isWithin('::ffff:192.0.2.7', ['192.0.2.7'])).toBe(true);
    expect(isWithin('2001:db8::1', ['192.0.2.0/24', '2001:db8::/32'])).toBe(true);
    expect(isWithin('198.51.100.1', ['192.0.2.0/24'])).toBe(false);
    expect(isWithin('nonsense', ['0.0.0.0/0'])).toBe(false);
  });

  test('inputs that do not fit a schema are named by their fields', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    expect(() => requireFitting(schema, { n: 1 })).not.toThrow();
    expect(() => requireFitting(null, 'anything')).not.toThrow();
    const refused = (() => { try { return requireFitting(schema, { n: 'x' }), undefined; } catch (error) { return error as { slug: string; extras: { errors: { pointer: string }[] } }; } })(); // prettier-ignore
    expect([refused?.slug, refused?.extras.errors.map(({ pointer }) => pointer)]).toEqual(['inputs-invalid', ['/n']]);
  });
});

describe('patterns of events', () => {
  test('the star stands for any text, and the plural of older documents is understood', () => {
    expect(matchesPattern('server.*', 'server.created')).toBe(true);
    expect(matchesPattern('*.failed', 'execution.node.failed')).toBe(true);
    expect(matchesPattern('a*b*c', 'axxbyyc')).toBe(true);
    expect(matchesPattern('a*b*c', 'axxcyyb')).toBe(false);
    expect(matchesPattern('ab*ba', 'aba')).toBe(false);
    expect(matchesPattern('server.created', 'server.createdNow')).toBe(false);
    expect(matchesType(['servers.*'], 'server.created')).toBe(true);
    expect(matchesType(['bgp.session.down'], 'bgp.session.up')).toBe(false);
  });

  test('it says what a regular expression would, and takes no longer for a wicked pattern', () => {
    const part = fc.stringMatching(/^[ab.*]{0,8}$/);
    fc.assert(
      fc.property(part, fc.stringMatching(/^[ab.]{0,12}$/), (pattern, type) => {
        const meant = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(type);
        expect(matchesPattern(pattern, type)).toBe(meant);
      }),
    );
    expect(matchesPattern(`${'a*'.repeat(50)}b`, 'a'.repeat(100))).toBe(false);
  });
});
