import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startSlack, type SlackFake, type SlackPost } from '../fakes/slack.ts';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, type Look, openBrowser, press, windowFor } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { openMailbox, linkIn, type Mailbox } from '../lib/mailbox.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let mailbox: Mailbox;
let slack: SlackFake;
let browser: Browser;
let [dana, owner, approver]: Login[] = [];
const faults: string[][] = [];
const BOT_USER = { id: 'U0ALAN', name: 'alan.in.slack' };

before(async () => {
  if (skip) return;
  mailbox = await openMailbox();
  slack = await startSlack();
  product = await startProduct({ SMTP_URL: mailbox.url, SWITCHYARD_SLACK_URL: slack.url, SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true' });
  [dana, owner, approver] = ['developer', 'owner', 'approver'].map((role) => product.as(role)) as [Login, Login, Login];
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
  await slack?.close();
  await mailbox?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

const windowOf = (login: Login, look: Look & { at?: string } = {}): Promise<Page> => windowFor({ browser, product, faults }, login, look);
async function posted(text: RegExp): Promise<SlackPost> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = slack.posts.find((post) => text.test(post.text));
    if (found) return found;
    if (Date.now() > end) throw new Error(`nothing like ${text} in Slack; there is: ${slack.posts.map((post) => post.text).join(', ')}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A server of Dana's that somebody else has to agree to resize. */
async function resize(): Promise<{ number: string }> {
  const { items } = (await api(product, dana!, 'GET', '/servers?limit=200')).body as { items: { id: string; name: string }[] };
  for (const { id } of items) {
    const { body, status } = await api(product, dana!, 'POST', `/servers/${id}/resize`, { size: 'std-2' });
    if (status === 202 && (body as { change: { state: string } }).change.state === 'awaiting_approval')
      return (body as { change: { number: string } }).change;
  }
  throw new Error('no server can be resized');
}

void test('a channel is entered, tried and told of a request; the approver has it in the inbox, live, and by mail', { skip, timeout: 240_000 }, async () => {
  const office = await windowOf(owner!, { at: '/settings/organization/notifications' });
  await heading(office, 'Channels').waitFor();
  await office.getByRole('button', { name: 'New channel' }).click();
  await office.getByLabel('Name', { exact: false }).first().fill('#operations');
  await office.getByLabel('Address of the webhook').fill(slack.webhookUrl);
  await lookAround(office, 'notification-channel-new');
  await press(office, 'Save');
  await office.getByText('#operations', { exact: true }).first().waitFor();
  await press(office, 'Send a test');
  await posted(/Test message/);
  await office.locator('text=test message >> visible=true').first().waitFor();
  await lookAround(office, 'notification-channels');

  const desk = await windowOf(approver!);
  await desk.getByRole('button', { name: /^Notifications/ }).first().waitFor();
  const { number } = await resize();
  // Nothing is reloaded: the badge is live.
  await desk.getByRole('button', { name: /^Notifications: \d+ unread/ }).first().click();
  const entry = desk.getByRole('link', { name: new RegExp(`${number}: your approval is asked for`) });
  await entry.first().waitFor();
  await lookAround(desk, 'notifications-popover');
  await entry.first().click();
  await desk.waitForURL(new RegExp(`/approvals/${number}$`));
  assert.match((await posted(new RegExp(number))).text, /Approval asked for/);
  const mail = await mailbox.read(approver!.email, new RegExp(`${number}: your approval is asked for`));
  assert.equal(linkIn(mail).pathname, `/approvals/${number}`);
  assert.equal(mailbox.subjects(dana!.email).some((subject) => subject.includes('your approval is asked for')), false);

  await desk.goto(`${product.url}/notifications`);
  await heading(desk, 'Notifications').waitFor();
  await press(desk, 'Mark all as read');
  await desk.getByRole('button', { name: 'Notifications', exact: true }).first().waitFor();
  await lookAround(desk, 'notifications');
}); // prettier-ignore

void test('a person chooses what comes how, and sets quiet hours', { skip, timeout: 120_000 }, async () => {
  const page = await windowOf(approver!, { at: '/settings/notifications' });
  const box = page.getByRole('checkbox', { name: 'approved: E-mail' });
  await box.waitFor();
  await box.click();
  await page.getByText('Saved').first().waitFor();
  await page.getByRole('switch', { name: 'Quiet hours' }).click();
  await page.getByLabel('From').waitFor();
  await page.reload();
  await page.getByLabel('From').waitFor();
  await page.getByRole('checkbox', { name: 'approved: E-mail', checked: false }).waitFor();
  await page.getByRole('checkbox', { name: 'emergency: approvals were skipped: E-mail', disabled: true }).waitFor();
  await lookAround(page, 'notification-settings');
});

void test('a forged press of a button is refused over HTTP, and a signed one is taken', { skip, timeout: 120_000 }, async () => {
  const made = await api(product, owner!, 'POST', '/notification-channels', { kind: 'slack-bot', name: '#changes', token: slack.token, signingSecret: slack.signingSecret, place: slack.channel }); // prettier-ignore
  const channel = made.body as { requestUrl: string };
  const to = product.url + new URL(channel.requestUrl).pathname;
  const post: SlackPost = {
    channel: slack.channel,
    ts: '1700000000.000100',
    text: '',
    blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'approve', value: JSON.stringify({ approval: '0195d7c4-0000-7000-8000-000000000000', plan: 'a'.repeat(64) }) }] }],
  }; // prettier-ignore
  const body = slack.pressBody(post, 'approve', BOT_USER);
  const send = async (headers: Record<string, string>): Promise<number> => (await fetch(to, { method: 'POST', headers, body })).status;
  assert.equal(await send(slack.signed(body, { secret: 'f'.repeat(32) })), 401);
  assert.equal(await send(slack.signed(body, { at: Date.now() - 301_000 })), 401);
  assert.equal(await send({ 'content-type': 'application/x-www-form-urlencoded' }), 401);
  assert.equal(await send(slack.signed(body)), 200);
  const end = Date.now() + 20_000;
  while (slack.whispers.length === 0 && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
  assert.match(slack.whispers[0]?.text ?? '', /cannot be decided in Slack/);
});
