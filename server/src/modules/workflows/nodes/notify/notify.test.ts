import { beforeEach, describe, expect, test } from 'vitest';
import { Forbidden } from '#kernel/outbound.ts';
import { adapters, provide } from '#kernel/port.ts';
import { nodeRun, runOf } from '#test/node-told.ts';
import { Egress } from '../../egress/port.ts';
import { Messenger } from '../../people.ts';
import { byConfig } from '../declare.ts';
import { notify } from './index.ts';

interface Heard {
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}
let heard: Heard[] = [];
let says: () => number = () => 202;
const egress = {
  request: async (_asker: unknown, request: Heard) => (heard.push(request), { status: says() }),
} as unknown as Egress;
const messenger = { link: (page: string) => `https://switchyard.example${page}` } as unknown as Messenger;
const run = () => nodeRun({ input: { n: 1 }, adapters: adapters(provide(Egress, egress), provide(Messenger, messenger)) });
const said = (at = 0) => JSON.parse(Buffer.from(heard[at]!.body).toString()) as Record<string, unknown>;
const send = (config: object, one = run()) => runOf(notify, { title: 'Edge 1 is down', ...config }, one);

beforeEach(() => {
  heard = [];
  says = () => 202;
});

describe('workflows 32: notify beyond the platform', () => {
  const teams = { channel: 'teams', address: 'https://teams.example/hook/s3cr3t' };
  const pager = { channel: 'pager', key: 'r0uting', dedupeKey: 'edge-1' };
  const account = `AC${'0'.repeat(32)}:t0ken`;
  const sms = { channel: 'sms', key: account, from: '+4915100000000', to: ['+4915112345678', '+33612345678'] };

  test('Teams gets a card whose words are no markup, with a link to the page', async () => {
    expect(await send({ ...teams, body: '[here](https://evil.example)', severity: 'critical' })).toEqual({
      output: { channel: 'teams', to: [], sent: 1, throttled: false },
    });
    expect(heard).toMatchObject([{ url: teams.address, headers: { 'content-type': 'application/json' } }]);
    const [{ contentType, content }] = said()['attachments'] as [{ contentType: string; content: { body: unknown; actions: unknown } }];
    expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
    const block = (words: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words }] });
    expect(content.body).toMatchObject([block('Edge 1 is down'), block('[here](https://evil.example)')]);
    expect(content.actions).toMatchObject([{ type: 'Action.OpenUrl', url: `https://switchyard.example/executions/${run().executionId}` }]);
  });

  test('a pager gets an event with the key of the incident, by which another run resolves it', async () => {
    await send({ ...pager, severity: 'warning', body: 'BGP is gone.' });
    expect(heard[0]!.url).toBe('https://events.pagerduty.com/v2/enqueue');
    expect(said()).toMatchObject({ routing_key: 'r0uting', event_action: 'trigger', dedup_key: 'edge-1', payload: { summary: 'Edge 1 is down', severity: 'warning', source: 'switchyard.example', custom_details: { text: 'BGP is gone.' } } }); // prettier-ignore
    await send({ ...pager, event: 'resolve', service: 'https://events.eu.pagerduty.com/v2/enqueue' });
    expect(heard[1]!.url).toBe('https://events.eu.pagerduty.com/v2/enqueue');
    expect(said(1)).toEqual({ routing_key: 'r0uting', event_action: 'resolve', dedup_key: 'edge-1' });
    await send({ channel: 'pager', key: 'k' });
    expect(said(2)).toMatchObject({ dedup_key: run().idempotencyKey });
    await expect(send({ channel: 'pager', key: 'k', event: 'resolve' })).rejects.toMatchObject({ type: 'node-config-invalid' });
  });

  test('phones get a text each by the account of the tenant, and what is no number gets none', async () => {
    expect(await send({ ...sms, body: 'Look.' })).toMatchObject({ output: { sent: 2 } });
    expect(heard.map(({ url }) => url)).toEqual(Array(2).fill(`https://api.twilio.com/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`));
    expect(heard[0]!.headers['authorization']).toBe(`Basic ${Buffer.from(account).toString('base64')}`);
    const form = Object.fromEntries(new URLSearchParams(Buffer.from(heard[1]!.body).toString()));
    expect(form).toEqual({ To: '+33612345678', From: '+4915100000000', Body: 'Edge 1 is down: Look.' });
    await send({ ...sms, from: `MG${'1'.repeat(32)}` });
    expect(Buffer.from(heard[2]!.body).toString()).toContain('MessagingServiceSid=MG1');
    heard = [];
    for (const wrong of [{ to: ['0151 1234567'] }, { to: ['+49151\r\nx'] }]) await expect(send({ ...sms, ...wrong })).rejects.toMatchObject({ type: 'type-error' }); // prettier-ignore
    for (const key of ['t0ken', 'AC1:../../evil', `AC${'0'.repeat(32)}`]) await expect(send({ ...sms, key })).rejects.toMatchObject({ type: 'node-config-invalid' }); // prettier-ignore
    expect(heard).toEqual([]);
  });

  test('what is refused is an error of its kind, and says no secret', async () => {
    for (const [status, kind] of [[302, 'validation'], [404, 'validation'], [403, 'auth'], [503, 'transient']] as const) {
      says = () => status;
      await expect(send(teams)).rejects.toMatchObject({ type: 'http-status', class: kind, details: { status } });
    } // prettier-ignore
    says = () => {
      throw new Forbidden(`"${teams.address}" must not be called: no`);
    };
    const fault = await (async () => send(teams))().catch((error: unknown) => error);
    expect(fault).toMatchObject({ type: 'egress-denied', class: 'egress' });
    expect(String(fault)).not.toContain('s3cr3t');
  });

  test('what a way cannot do without is missed before anything is sent; only what tells a repeat is done again by itself', async () => {
    const wanted = (config: Parameters<NonNullable<typeof notify.check>>[0]) => notify.check!({ title: 'x', ...config }).map(({ pointer }) => pointer); // prettier-ignore
    expect([wanted({ channel: 'teams' }), wanted({ channel: 'sms' }), wanted({ channel: 'pager', event: 'resolve' }), wanted({ channel: 'inapp' })]).toEqual([['/address'], ['/key', '/from'], ['/key', '/dedupeKey'], []]); // prettier-ignore
    for (const channel of ['teams', 'pager', 'sms', 'webhook', 'slack']) await expect((async () => send({ channel }))()).rejects.toMatchObject({ type: 'node-config-invalid' }); // prettier-ignore
    expect(['teams', 'sms', 'pager', 'webhook', 'inapp'].map((channel) => byConfig(notify.idempotent!, { channel }))).toEqual([false, false, true, true, true]); // prettier-ignore
    expect(await notify.simulate!(run(), notify.config.parse({ title: 'x', ...pager }))).toMatchObject({ would: { notify: 'pager' } });
    expect(heard).toEqual([]);
  });
});
