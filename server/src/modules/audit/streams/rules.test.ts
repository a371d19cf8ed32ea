import { expect, test } from 'vitest';
import { parseMessage } from '#test/audit/syslog.ts';
import type { Linked } from '../chain/read.ts';
import { backoff, fitting, frame, progress, syslogMessage, testMessage } from './rules.ts';
import { syslogFault, syslogTarget } from './syslog.ts';

const linked = (patch: Record<string, unknown> = {}, seq = 7): Linked => ({
  seq,
  hash: 'ab'.repeat(32),
  entry: {
    id: '01900000-0000-7000-8000-000000000001', tenantId: '01900000-0000-7000-8000-000000000002', at: '2026-11-20T10:11:12.345Z', operation: 'servers.create', risk: 'high', result: 'denied',
    comment: null, ...patch,
  } as unknown as Linked['entry'],
}); // prettier-ignore

test('a message is of RFC 5424, in ASCII, with its place in the chain; severity follows from the entry', () => {
  const text = syslogMessage(linked({ comment: 'ü ]"\\ \n😀' }), 13, 'audit.example.com');
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  const { body, ...message } = parseMessage(text);
  expect(message).toEqual({
    priority: 13 * 8 + 4, at: '2026-11-20T10:11:12.345Z', host: 'audit.example.com', app: 'switchyard', msgId: 'servers.create',
    data: { seq: '7', hash: 'ab'.repeat(32), tenant: '01900000-0000-7000-8000-000000000002', id: '01900000-0000-7000-8000-000000000001', result: 'denied' },
  }); // prettier-ignore
  expect(JSON.parse(body)).toMatchObject({ comment: 'ü ]"\\ \n😀' });
  const priority = (patch: object, facility = 4) => parseMessage(syslogMessage(linked({ ...patch }), facility, 'h')).priority;
  expect([priority({ result: 'error' }), priority({ result: 'success' }), priority({ result: 'success', risk: 'read' })]).toEqual([34, 37, 38]);
});

test('a test message is of RFC 5424, of the facility of its stream, and of no entry', () => {
  const message = parseMessage(testMessage(new Date('2026-11-20T10:11:12.345Z'), 16, 'host name'));
  expect(message).toMatchObject({
    priority: 16 * 8 + 6,
    host: 'host_name',
    msgId: 'audit.streams.test',
    data: { test: 'true' },
    body: '{"test":true}',
  });
});

test('what others worded stays where it belongs: no field of it ends a parameter, a header or a frame', () => {
  const evil = linked({ tenantId: 'x"] <13>1 - - - - - - forged', operation: 'a b\n<13>1 '.repeat(9) });
  const text = syslogMessage(evil, 13, 'host name\n');
  const { data, msgId, host } = parseMessage(text);
  expect(data['tenant']).toBe('x"] <13>1 - - - - - - forged');
  expect(msgId).toMatch(/^[\x21-\x7e]{32}$/);
  expect(host).toBe('host_name_');
  expect(frame(text)).toBe(`${text.length} ${text}`);
  expect(frame('ü')).toBe('2 ü');
});

test('a body holds as many entries as fit, in order, and at least one', () => {
  const large = Array.from({ length: 5 }, (_, n) => linked({ comment: 'x'.repeat(100_000) }, n + 1));
  expect(fitting(large).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(fitting([linked({ comment: 'x'.repeat(400_000) }), linked()])).toHaveLength(1);
  expect(fitting([linked(), linked()])).toHaveLength(2);
});

test('the cursor moves to what has arrived, and past what is gone with it, once', () => {
  const stretch = { entries: [linked({}, 12), linked({}, 14), linked({}, 17)], through: 20, head: 30, trimmed: 3, missing: [13, 16, 19] };
  expect(progress(stretch, 3)).toEqual({ cursor: 20, gone: 6 });
  expect(progress(stretch, 2)).toEqual({ cursor: 14, gone: 4 });
  expect(progress(stretch, 0)).toBeUndefined();
  expect(progress({ ...stretch, entries: [] }, 0)).toEqual({ cursor: 20, gone: 6 });
});

test('attempts follow after 5 s, doubled each time, and never more than five minutes apart', () => {
  expect([1, 2, 3, 6, 7, 8, 1_000].map(backoff)).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000, 300_000]);
});

test('addresses: what is no syslog receiver, not encrypted, of this machine or its network, or at an inner port is refused', () => {
  expect(syslogTarget('tls://siem.example.com')).toEqual({ tls: true, host: 'siem.example.com', port: 6514 });
  expect(syslogTarget('tls://[2001:db8::1]:7000')).toEqual({ tls: true, host: '2001:db8::1', port: 7000 });
  expect(syslogFault('tls://siem.example.com', false)).toBeNull();
  expect(syslogFault('tls://siem.example.com:601', false)).toBeNull();
  expect(syslogFault('tcp://siem.example.com', false)).toMatch(/not encrypted/);
  expect(syslogFault('tcp://10.0.0.1:601', true)).toBeNull();
  for (const address of [
    'https://x.example', 'tls://user@x.example', 'tls://x.example:0', 'tls://x.example:70000', 'tls://x.example/path', 'udp://x.example', 'tls://x.example:22', 'tls://x.example:5432', 'tls://localhost',
    'tls://127.0.0.1', 'tls://10.1.2.3', 'tls://169.254.169.254', 'tls://[::1]', 'tls://[::ffff:127.0.0.1]', 'tls://[fd00::1]', 'tls://0.0.0.0',
  ]) expect([address, syslogFault(address, false)]).toEqual([address, expect.any(String)]);
  expect(syslogFault('tls://169.254.169.254', true)).toMatch(/metadata/);
}); // prettier-ignore
