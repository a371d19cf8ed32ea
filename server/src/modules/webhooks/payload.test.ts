import { expect, test } from 'vitest';
import { taint } from '#kernel/taint.ts';
import { bodyOf } from './payload.ts';

const tenantId = '0197a1b2-0000-7000-8000-00000000a001';
const event = { id: '0197a1b2-0000-7000-8000-00000000e001', type: 'lamp.lit', tenantId, occurredAt: new Date('2026-11-20T12:00:00Z'), sequence: 7 };
const sent = (data: Record<string, unknown>, redact: string[] = []): { data: Record<string, unknown> } =>
  JSON.parse(bodyOf({ ...event, data }, { redact, apiVersion: '2026-11-01' }, 'http://localhost')) as { data: Record<string, unknown> };

test('a secret that looks like a part of the message is taken out of values, and breaks nothing', () => {
  for (const [at, value] of ['","type', '"sequence":', ',"tenantId":"', 'lampId":"'].entries()) taint(value, `ODD_${at}`, tenantId);
  const message = sent({ lampId: 'lamp-0', type: 'x', note: 'it is "sequence": today' });
  expect(message).toEqual({
    type: 'lamp.lit',
    timestamp: '2026-11-20T12:00:00.000Z',
    data: { lampId: 'lamp-0', type: 'x', note: 'it is [secret:ODD_1] today' },
    tenantId,
    apiVersion: '2026-11-01',
    sequence: 7,
  });
});

test('values of secrets are taken out at any depth, also of what is said of an event that is too large', () => {
  taint('correct-horse-battery', 'HORSE', tenantId);
  expect(sent({ list: [{ text: 'with correct-horse-battery in it' }] }).data).toEqual({ list: [{ text: 'with [secret:HORSE] in it' }] });
  expect(sent({ lampId: 'correct-horse-battery', long: 'x'.repeat(300_000) }).data).toEqual({
    lampId: '[secret:HORSE]',
    reference: { eventId: event.id, url: `http://localhost/api/v1/events/${event.id}` },
  });
});

test('what is left out is left out of the reference too', () => {
  expect(sent({ lampId: 'lamp-0', userId: 'ada', long: 'x'.repeat(300_000) }, ['userId']).data).toEqual({
    lampId: 'lamp-0',
    reference: { eventId: event.id, url: `http://localhost/api/v1/events/${event.id}` },
  });
});
