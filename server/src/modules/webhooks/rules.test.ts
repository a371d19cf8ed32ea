import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { idAt } from '#kernel/ids.ts';
import { delayAfter, headerFault, matchesPattern, messageIdOf, redacted, retryAfterOf, wants, WEBHOOKS } from './rules.ts';

const HOUR = 3_600_000;
const webhook = { id: 'w1', events: ['server.*', 'change.failed'], environments: [], labels: {} };

describe('patterns', () => {
  test.each([
    ['*', 'server.created', true],
    ['server.*', 'server.created', true],
    ['dns.*', 'dns.zone.created', true],
    ['dns.zone.*', 'dns.rrset.changed', false],
    ['server.*', 'servers.created', false],
    ['server.created', 'server.created', true],
    ['server.created', 'server.created.again', false],
    ['server', 'server.created', false],
  ])('%s and %s: %s', (pattern, type, fits) => expect(matchesPattern(pattern, type)).toBe(fits));

  test('a webhook hears of what any of its patterns names, and is never told of itself', () => {
    expect(wants(webhook, { type: 'change.failed', data: {} })).toBe(true);
    expect(wants(webhook, { type: 'change.succeeded', data: {} })).toBe(false);
    const everything = { ...webhook, events: ['*'] };
    expect(wants(everything, { type: 'webhook.exhausted', data: { webhookId: 'w1' } })).toBe(false);
    expect(wants(everything, { type: 'webhook.exhausted', data: { webhookId: 'w2' } })).toBe(true);
  });

  test('an event that does not say its environment or labels is not for one that asks for some', () => {
    const prod = { ...webhook, environments: ['prod'], labels: { team: 'core' } };
    const event = (data: Record<string, unknown>) => ({ type: 'server.created', data });
    expect(wants(prod, event({ environment: 'prod', labels: { team: 'core', more: 'x' } }))).toBe(true);
    expect(wants(prod, event({ environment: 'prod' }))).toBe(false);
    expect(wants(prod, event({ labels: { team: 'core' } }))).toBe(false);
    expect(wants(prod, event({ environment: 'dev', labels: { team: 'core' } }))).toBe(false);
    expect(wants({ ...prod, labels: { constructor: 'x' } }, event({ environment: 'prod', labels: {} }))).toBe(false);
  });
});

describe('what is left out', () => {
  const data = { email: 'a@b', actor: { name: 'Ada', email: 'a@b' }, list: [{ email: 'x' }, { id: 1 }], 'a/b': { c: 1 } };
  test('is gone by its name at any depth, and where a pointer leads', () => {
    expect(redacted(data, ['email'])).toEqual({ actor: { name: 'Ada' }, list: [{}, { id: 1 }], 'a/b': { c: 1 } });
    expect(redacted(data, ['/actor/email', '/list/0', '/a~1b/c'])).toEqual({ email: 'a@b', actor: { name: 'Ada' }, list: [{ id: 1 }], 'a/b': {} });
    expect(redacted(data, ['/nothing/here', 'none', '/list/7'])).toEqual(data);
  });
  test('is nowhere in what is left, whatever the data', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('email', 'name', 'list'), fc.jsonValue()), (some) => {
        const has = (value: unknown): boolean => value !== null && typeof value === 'object' && (Object.hasOwn(value, 'email') && !Array.isArray(value) || Object.values(value).some(has)); // prettier-ignore
        const given = JSON.parse(JSON.stringify(some)) as Record<string, unknown>;
        const before = JSON.stringify(given);
        expect(has(redacted(given, ['email']))).toBe(false);
        expect(JSON.stringify(given)).toBe(before);
      }),
    );
  });
});

describe('the schedule', () => {
  test('has eight attempts in 27 h 35 min, each a tenth earlier or later at most', () => {
    const plain = Array.from({ length: 8 }, (_, made) => delayAfter(made + 1, 0.5));
    expect(plain).toEqual([5_000, 300_000, 30 * 60_000, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR, undefined]);
    expect(plain.slice(0, 7).reduce<number>((sum, one) => sum + one!, 0)).toBe(27 * HOUR + 35 * 60_000 + 5_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.double({ min: 0, max: 1, noNaN: true }), (made, chance) => {
        const [delay, base] = [delayAfter(made, chance)!, WEBHOOKS.delays[made - 1]!];
        expect(delay).toBeGreaterThanOrEqual(Math.floor(base * 0.9));
        expect(delay).toBeLessThanOrEqual(Math.ceil(base * 1.1));
      }),
    );
  });
  test('waits for as long as the receiver asks, and never less than planned', () => {
    expect(delayAfter(1, 0.5, 120_000)).toBe(120_000);
    expect(delayAfter(4, 0.5, 120_000)).toBe(2 * HOUR);
    expect(delayAfter(8, 0.5, 120_000)).toBeUndefined();
  });
  test('reads Retry-After in seconds and as a date, up to an hour', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    expect(retryAfterOf('120', now)).toBe(120_000);
    expect(retryAfterOf('Fri, 20 Nov 2026 12:02:00 GMT', now)).toBe(120_000);
    expect(retryAfterOf('999999', now)).toBe(HOUR);
    for (const none of [undefined, '', 'soon', '-5', 'Fri, 20 Nov 2020 12:02:00 GMT']) expect(retryAfterOf(none, now)).toBe(0);
    fc.assert(fc.property(fc.string(), (any) => { const ms = retryAfterOf(any, now); expect(ms >= 0 && ms <= HOUR).toBe(true); })); // prettier-ignore
  });
});

test('headers that are ours, or the connection’s, cannot be set', () => {
  for (const name of ['Host', 'content-type', 'Content-Anything', 'Webhook-Id', 'connection', 'Transfer-Encoding', 'proxy-authorization', 'TE']) expect(headerFault(name), name).not.toBeNull(); // prettier-ignore
  for (const name of ['Authorization', 'X-Team', 'Accept', 'Hostess']) expect(headerFault(name), name).toBeNull();
});

test('a message has the id of its event, and ids of a time bound those that were made before and after', () => {
  expect(messageIdOf('0197a1b2-0000-7000-8000-00000000aaaa')).toBe('msg_0197a1b200007000800000000000aaaa');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 45 }), fc.integer({ min: 1, max: 1e9 }), (ms, more) => {
      const bound = idAt(new Date(ms + more));
      expect(v7({ msecs: ms }) < bound && bound <= v7({ msecs: ms + more })).toBe(true);
    }),
  );
});
