import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import { asked, requestOf } from '#test/approvals.ts';
import { LampPort, lampModule, lampsLight, lampServer } from '#test/lamps.ts';
import { startSlack, toldIn, type SlackFake } from '#test/told.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import type { Requirement } from '#kernel/gate-steps.ts';
import { provide } from '#kernel/port.ts';
import { asProblem } from '#kernel/problem.ts';
import { changesGet } from '#modules/governance/index.ts';
import { approvalDecisions } from '#modules/governance/tables.ts';
import {
  notificationChannelsCreate,
  notificationChannelsDelete,
  notificationChannelsList,
  notificationChannelsTest,
  notificationChannelsUpdate,
  notificationDeliveriesList,
  notifications,
  slackActionsReceive,
  slackLinksConfirm,
  slackLinksDelete,
  slackLinksList,
} from '../index.ts';
import { deliveries, slackActions } from '../tables.ts';

let world: World;
let slack: SlackFake;
const cast: Person[] = [];
let [ann, ben]: Person[] = [];
const BEN = { id: 'U0BEN', name: 'ben.slack', email: 'Ben@example.test' };
const MALLORY = { id: 'U0MALLORY', name: 'mallory', email: 'mallory@elsewhere.test' };

beforeAll(async () => {
  slack = await startSlack({ people: [BEN, MALLORY] });
  const server = lampServer();
  world = await createWorld({
    modules: [lampModule, notifications],
    adapters: (parts, people) => [provide(LampPort, server), ...toldIn(() => cast, { slack })(parts, people)],
  });
  [ann, ben] = ['ann', 'ben'].map((name) => {
    const person = world.as({ name });
    cast.push(person);
    return person;
  }) as [Person, Person];
});
afterAll(async () => {
  await world.close();
  await slack.close();
});
beforeEach(async () => {
  for (const { id } of (await world.done(notificationChannelsList, {}, ann!)).items) await world.done(notificationChannelsDelete, { id }, ann!);
  slack.posts.length = slack.whispers.length = slack.updates.length = 0;
});

const one = (requirement: Partial<Requirement> = {}): Requirement => ({
  rule: 'one',
  text: 'One.',
  need: { who: 'scopeApprovers', count: 1 },
  ...requirement,
});
const bot = () =>
  world.done(notificationChannelsCreate, { kind: 'slack-bot', name: '#changes', token: slack.token, signingSecret: slack.signingSecret, place: slack.channel }, ann!); // prettier-ignore
const webhook = (more: object = {}) => world.done(notificationChannelsCreate, { kind: 'slack-webhook', name: '#ops', webhookUrl: slack.webhookUrl, ...more }, ann!); // prettier-ignore
const waitsFor = (requirement?: Partial<Requirement>, environment?: string) =>
  asked(world, lampsLight, { name: 'hall', ...(environment ? { environment } : {}) }, ann!, [one(requirement)]);
const posted = async (count = 1) => {
  await expect.poll(() => slack.posts.length, { timeout: 60_000 }).toBe(count);
  return slack.posts.at(-1)!;
};
const whispered = async (count = 1): Promise<string> => {
  await expect.poll(() => slack.whispers.length, { timeout: 60_000 }).toBe(count);
  return slack.whispers.at(-1)!.text;
};
/** Posts a pressed button as Slack does; `as` is for those who are not Slack. */
async function press(channel: { id: string }, act: string, user: { id: string; name: string }, { comment, as, post = slack.posts.at(-1)! }: { comment?: string; as?: object; post?: SlackFake['posts'][number] } = {}) {
  const body = slack.pressBody(post, act, user, comment);
  const headers = slack.signed(body, as);
  const input = { tenant: world.tenants.a, channel: channel.id, body, timestamp: headers['x-slack-request-timestamp'], signature: headers['x-slack-signature'] };
  return world.call(slackActionsReceive, input, null).then(() => 'taken', (error: unknown) => asProblem(error).slug);
} // prettier-ignore
const decisions = () => world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.select().from(approvalDecisions));

test('a channel by webhook is told of requests without buttons, and of a test', async () => {
  const channel = await webhook();
  await world.done(notificationChannelsTest, { id: channel.id }, ann!);
  expect((await posted()).text).toBe('Test message: this channel works');
  const change = await waitsFor();
  const { text, blocks } = await posted(2);
  expect(text).toBe(`${change.number}: Approval asked for · Light lamp hall`);
  expect(blocks.flatMap(({ elements = [] }) => elements).map(({ action_id, url }) => [action_id, url?.replace(/^.*(?=\/approvals)/, '')])).toEqual([['open', `/approvals/${change.number}`]]); // prettier-ignore
  expect(JSON.stringify([...(await world.done(notificationChannelsList, {}, ann!)).items, await world.done(notificationDeliveriesList, {}, ann!)])).not.toContain('secret'); // prettier-ignore
  await expect
    .poll(async () => (await world.done(notificationDeliveriesList, { channelId: channel.id }, ann!)).items.map(({ status }) => status))
    .toEqual(['delivered', 'delivered']);
  // The job of a worker that died after it had written down the end is done again, and nothing is sent.
  const tenantId = world.tenants.a;
  const [sent] = await world.databases.tenant({ tenantId }, (db) => db.select().from(deliveries).where(eq(deliveries.channelId, channel.id)));
  await world.databases.platform('test', (db) => world.jobs.enqueue(db, 'notification', { tenantId, deliveryId: sent!.id }));
  world.jobs.wake('notification');
  const open = async (): Promise<string> => (await world.databases.platform('test', (db) => db.$client.query<{ left: string }>(`select count(*) as left from pgboss.job where name = 'notification' and state < 'completed'`))).rows[0]!.left; // prettier-ignore
  await expect.poll(open, { timeout: 60_000 }).toBe('0');
  expect(slack.posts.length).toBe(2);
});

test('a Slack that is busy, broken or gone is tried again, or not, and never holds up the request', async () => {
  const channel = await webhook();
  const states = async () => (await world.done(notificationDeliveriesList, { channelId: channel.id }, ann!)).items.map(({ status, attempts, code }) => [status, attempts, code]); // prettier-ignore
  slack.busyOnce(120);
  const change = await waitsFor();
  await expect.poll(states, { timeout: 60_000 }).toEqual([['delayed', 1, 'rate-limited']]);
  expect(await requestOf(world, change, ben!)).toMatchObject({ status: 'pending' });
  const due = await world.databases.platform('test', async (db) => (await db.$client.query<{ after: string }>(`select extract(epoch from start_after - created_on) as after from pgboss.job where name = 'notification' and state = 'created'`)).rows); // prettier-ignore
  expect(due.map(({ after }) => Math.round(Number(after)))).toEqual([120]);
  await world.approve(change, ben!);
  expect((await world.settled(change, ann!)).state).toBe('succeeded');
  slack.removeWebhook();
  await world.done(notificationChannelsTest, { id: channel.id }, ann!);
  await expect.poll(async () => (await states())[0], { timeout: 60_000 }).toEqual(['failed', 1, 'no_service']);
});

test('an address of our own network is refused when a webhook is entered, and what a bot needs is asked for', async () => {
  const refused = async (input: object) =>
    (await world.refused(notificationChannelsCreate, { name: '#x', ...input }, ann!)).extras.errors?.[0]?.pointer;
  expect(await refused({ kind: 'slack-webhook', webhookUrl: 'http://169.254.169.254/services/x' })).toBe('/webhookUrl');
  expect(await refused({ kind: 'slack-webhook' })).toBe('/webhookUrl');
  expect(await refused({ kind: 'slack-bot', token: slack.token })).toBe('/signingSecret');
  await webhook();
  expect((await world.refused(notificationChannelsCreate, { kind: 'slack-webhook', name: '#ops', webhookUrl: slack.webhookUrl }, ann!)).slug).toBe('channel-name-taken'); // prettier-ignore
});

test('governance 81: Given a forged Slack signature, when a button post arrives, then 401 and no decision.', async () => {
  const channel = await bot();
  const change = await waitsFor();
  const post = await posted();
  const before = (await decisions()).length;
  const now = Date.now();
  for (const as of [{ secret: 'f'.repeat(32) }, { at: now - 600_000 }, { at: now + 600_000 }])
    expect(await press(channel, 'approve', BEN, { as, post })).toBe('slack-signature-invalid');
  const body = slack.pressBody(post, 'approve', BEN);
  const bare = await world.call(slackActionsReceive, { tenant: world.tenants.a, channel: channel.id, body }, null).catch(asProblem);
  expect(bare).toMatchObject({ slug: 'slack-signature-invalid', kind: { status: 401 } });
  // Another's channel, and one that is not there, answer alike.
  for (const [tenant, id] of [[world.tenants.b, channel.id], [world.tenants.a, ann!.actor.id]]) {
    const headers = slack.signed(body);
    const input = { tenant, channel: id, body, timestamp: headers['x-slack-request-timestamp'], signature: headers['x-slack-signature'] };
    expect(await world.call(slackActionsReceive, input, null).catch(asProblem)).toMatchObject({ slug: 'slack-signature-invalid' });
  }
  expect(await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.select().from(slackActions).where(eq(slackActions.channelId, channel.id)))).toEqual([]); // prettier-ignore
  expect((await decisions()).length).toBe(before);
  expect(await requestOf(world, change, ben!)).toMatchObject({ status: 'pending' });
}); // prettier-ignore

test('a person confirms who they are in Slack, and from then on decides by the button as themselves', async () => {
  const channel = await bot();
  const change = await waitsFor();
  const post = await posted();
  expect(await press(channel, 'approve', BEN)).toBe('taken');
  const token = /#slack=(\S+)/.exec(await whispered())![1]!;
  expect(slack.whispers[0]!.user).toBe(BEN.id);
  expect(await requestOf(world, change, ben!)).toMatchObject({ status: 'pending' });
  // Whoever else opens the link confirms nothing: Slack knows that person by another address.
  expect((await world.refused(slackLinksConfirm, { token }, ann!)).slug).toBe('slack-link-invalid');
  const fresh = { proof: { at: new Date(), level: 2 as const, factors: ['totp'] } };
  Object.assign(ben!.actor, fresh);
  const link = await world.done(slackLinksConfirm, { token }, ben!);
  expect(link).toMatchObject({ slackName: 'ben.slack', channel: '#changes' });

  expect(await press(channel, 'reject', BEN, { post })).toBe('taken');
  expect(await whispered(2)).toContain('Say in at least five characters why you reject it');
  expect(await press(channel, 'approve', BEN, { post, comment: 'looks right' })).toBe('taken');
  expect(await whispered(3)).toBe('Your approval counts.');
  expect((await world.settled(change, ann!)).state).toBe('succeeded');
  const [decision] = (await decisions()).filter(({ planHash }) => JSON.parse(post.blocks.flatMap(({ elements = [] }) => elements as { value?: string }[]).find(({ value }) => value)!.value!).plan === planHash); // prettier-ignore
  expect(decision).toMatchObject({ deciderId: ben!.actor.id, verdict: 'approved', comment: 'looks right', surface: 'internal' });
  await expect.poll(() => slack.updates.length, { timeout: 60_000 }).toBe(1);
  expect(JSON.stringify(slack.updates[0]!.blocks)).not.toContain('"approve"');
  // Pressed once more: the answer is that of approvals themselves.
  expect(await press(channel, 'approve', BEN, { post })).toBe('taken');
  expect(await whispered(4)).toContain('takes no decision');

  expect((await world.done(slackLinksList, {}, ben!)).items.map(({ id }) => id)).toEqual([link.id]);
  expect((await world.refused(slackLinksDelete, { id: link.id }, ann!)).slug).toBe('not-found');
  await world.done(slackLinksDelete, { id: link.id }, ben!);
  expect((await world.done(slackLinksList, {}, ben!)).items).toEqual([]);
});

test('nobody decides in Slack on what is of high risk or wants a fresh proof, or on what they asked for', async () => {
  const channel = await bot();
  await waitsFor({}, 'prod');
  expect((await posted()).blocks.flatMap(({ elements = [] }) => elements).map(({ action_id }) => action_id)).toEqual(['open']);
  await waitsFor({ stepUpSeconds: 300 });
  const proof = await posted(2);
  expect(proof.blocks.flatMap(({ elements = [] }) => elements).map(({ action_id }) => action_id)).toEqual(['open']);
  // A press that is made up from another message's button does not help.
  await waitsFor();
  const plain = await posted(3);
  await press(channel, 'approve', BEN, { post: { ...plain, ts: proof.ts } });
  expect(await whispered()).toContain('cannot be decided in Slack');
  // Mallory has nobody's address here.
  await press(channel, 'approve', MALLORY, { post: plain });
  const token = /#slack=(\S+)/.exec(await whispered(2))![1]!;
  expect((await world.refused(slackLinksConfirm, { token }, ben!)).slug).toBe('slack-link-invalid');
});

test('a channel that was renamed, narrowed or switched off keeps its secrets and hears of what it is to hear of', async () => {
  const { id } = await bot();
  await world.done(notificationChannelsUpdate, { id, name: '#quiet', kinds: ['emergency.used'] }, ann!);
  await waitsFor();
  await world.done(notificationChannelsTest, { id }, ann!);
  expect((await posted()).text).toContain('Test message');
  await world.done(notificationChannelsUpdate, { id, enabled: false }, ann!);
  const rows = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.select().from(deliveries).where(eq(deliveries.channelId, id)));
  expect(rows.map(({ kind }) => kind)).toEqual(['test']);
  expect(JSON.stringify(rows)).not.toContain(slack.token);
  expect(await world.call(changesGet, { id: 'CHG-1' }, ann!)).toMatchObject({ status: 'done' });
  expect(world.faults).toEqual([]);
});
