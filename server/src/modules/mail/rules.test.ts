import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ATTEMPTS, minuteOf, nextAttempt, nextMinute, verdictOf } from './rules.ts';

test.each([
  ['no such user, with status', { command: 'RCPT TO', responseCode: 550, response: '550 5.1.1 unknown' }, 'no-such-address'],
  [
    'no such user, on a later line',
    { command: 'RCPT TO', responseCode: 550, response: '550-5.1.1 The account\n550 5.1.1 is not there' },
    'no-such-address',
  ],
  ['mailbox disabled', { command: 'RCPT TO', responseCode: 550, response: '550 5.2.1 disabled' }, 'no-such-address'],
  ['no such user, without status', { command: 'RCPT TO', responseCode: 550, response: '550 unknown' }, 'no-such-address'],
  ['mailbox full', { command: 'RCPT TO', responseCode: 552, response: '552 5.2.2 over quota' }, 'refused'],
  ['we are blocked', { command: 'RCPT TO', responseCode: 550, response: '550 5.7.1 listed' }, 'refused'],
  ['the content is refused', { command: 'DATA', responseCode: 554, response: '554 5.1.1 spam' }, 'refused'],
  ['later', { command: 'RCPT TO', responseCode: 450, response: '450 4.2.0 greylisted' }, 'retry'],
  ['our password is wrong', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 5.7.8 no' }, 'retry'],
  ['our sender is refused', { command: 'MAIL FROM', responseCode: 550, response: '550 5.1.8 who' }, 'retry'],
  ['the greeting refuses', { command: 'CONN', responseCode: 554, response: '554 no' }, 'retry'],
  ['nobody answers', { code: 'ECONNECTION' }, 'retry'],
] as const)('%s', (_what, answer, verdict) => {
  expect(verdictOf(answer)).toBe(verdict);
});

test('an address is given up only after a final answer to its own RCPT', () => {
  const answer = fc.record({
    command: fc.constantFrom('CONN', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL FROM', 'RCPT TO', 'DATA', undefined),
    responseCode: fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined }),
    response: fc.string(),
  });
  fc.assert(
    fc.property(answer, (found) => {
      if (verdictOf(found) === 'no-such-address') return found.command === 'RCPT TO' && found.responseCode! >= 500;
      return true;
    }),
  );
});

test('attempts end, each later than the one before, the first after 10 s and the last after 1 h', () => {
  const at = new Date('2026-11-20T12:00:30Z');
  const waits = Array.from({ length: ATTEMPTS - 1 }, (_, made) => (nextAttempt(made + 1, at)!.getTime() - at.getTime()) / 1000);
  expect(waits[0]).toBe(10);
  expect(waits.at(-1)).toBe(3_600);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(nextAttempt(ATTEMPTS, at)).toBeUndefined();
});

test('the next minute begins after this one, whatever the moment', () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (at, spread) => {
        expect(minuteOf(nextMinute(at, spread)).getTime()).toBe(minuteOf(at).getTime() + 60_000);
      },
    ),
  );
});
