import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { api, governed } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, openBrowser, openWindow, press, settles, signIn } from '../lib/browser.ts';
import { chain, fields, node, type Made } from '../lib/flows.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { followStreams, type Streams } from '../lib/streams.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
let page: Page;
let lead: Page;
let owner: Login;
let approver: Login;
let faults: string[] = [];
let streams: Streams;

before(async () => {
  if (skip) return;
  product = await startProduct();
  owner = product.as('owner');
  approver = product.as('approver');
  browser = await openBrowser();
  const window = await openWindow(browser);
  ({ page, faults } = window);
  streams = await followStreams(page);
  await signIn(page, product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults, [], 'errors in the window');
});

const ok = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await api(product, owner, method, path, body, headers);
  assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
/** Edits of a draft, as the builder sends them. */
async function edit(id: string, ops: readonly object[]): Promise<void> {
  const { revision } = await ok('GET', `/workflows/${id}`);
  await ok('PATCH', `/workflows/${id}`, { ops }, { 'If-Match': `"${revision}"` });
}
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const idInPath = (): string => new URL(page.url()).pathname.split('/')[2]!;
const executionsOf = async (id: string): Promise<{ id: string; status: string; trigger: { kind: string } }[]> =>
  (await ok('GET', `/executions?workflowId=${id}`)).items;

let order = '';

void test('workflows 113: list, new, add nodes, configure, save, execute, watch live, view the output, review the log', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/workflows`);
  await heading(page, 'Workflows').waitFor();
  await page.getByText('No workflows yet').waitFor();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Blank' }).click();
  const blank = dialog('New workflow');
  await blank.getByLabel('Name', { exact: true }).fill('Order servers');
  await blank.getByText('Its address is order-servers.').waitFor();
  await isAccessible(page);
  await blank.getByRole('button', { name: 'Create workflow' }).click();
  await page.waitForURL(/\/workflows\/[^/]+\/edit/);
  order = idInPath();

  const { draft } = await ok('GET', `/workflows/${order}`);
  const [start] = draft.nodes as Made[];
  const inputSchema = { type: 'object', properties: { size: { type: 'string', title: 'Size' } }, required: ['size'] };
  const shape = node(1, 'shape', 'transform', 'Shape the order', fields('size', '{{ input.size }}'));
  const form = { type: 'object', properties: { size: { type: 'string', title: 'Size to order', minLength: 1 } }, required: ['size'], additionalProperties: false };
  const ask = node(2, 'ask', 'approval', 'Ask the lead', { title: 'May we order {{ input.size }}?', approvers: { users: [approver.email] }, form, values: '{"size": input.size}' });
  const done = node(3, 'done', 'transform', 'Write it down', fields('ordered', '{{ nodes.ask.output.form.size }}'));
  await edit(order, [
    { op: 'updateNode', id: start!.id, set: { config: { mode: 'manual', inputSchema } } },
    ...[shape, ask, done].map((one) => ({ op: 'addNode', node: one })),
    ...chain([start!, shape, ask, done], { ask: 'approved' }),
  ]);

  await page.goto(`${product.url}/workflows/${order}`);
  await heading(page, 'Order servers').waitFor();
  await press(page, 'Publish');
  await dialog('Publish Order servers').getByLabel(/What is new/).fill('Orders with the word of the lead');
  await dialog('Publish Order servers').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 1', { exact: true }).first().waitFor();
  await press(page, 'Run');
  const run = dialog('Run Order servers');
  await run.getByLabel('Size').fill('large');
  await run.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL(/\/executions\//);
  await page.getByText('Needs a person').first().waitFor();
  await page.getByRole('link', { name: /^Decide on CHG-/ }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await isAccessible(page);
  // From what is to be decided on there is a way back to the node that asked.
  const execution = new URL(page.url()).pathname;
  await page.getByRole('link', { name: /^Decide on CHG-/ }).click();
  await page.getByRole('link', { name: 'Order servers · ask' }).click();
  await page.waitForURL((url) => url.pathname === execution && url.searchParams.has('node'));
  await page.goto(`${product.url}${execution}`);
  await page.getByText('Live', { exact: true }).waitFor();
}); // prettier-ignore

void test('whoever agrees sees the form of the request and changes what stands in it', { skip, timeout: 60_000 }, async () => {
  ({ page: lead } = await openWindow(browser));
  await signIn(lead, product, approver);
  await lead.goto(page.url());
  await press(lead, 'Open the form');
  const asked = lead.getByRole('dialog', { name: 'May we order large?' });
  await asked.getByLabel('Size to order').fill('');
  await asked.getByRole('button', { name: 'Approve with changes' }).click();
  await asked.locator('[aria-invalid=true]').waitFor();
  await asked.getByLabel('Size to order').fill('small');
  await lookAround(lead, 'execution-approval-form');
});

void test('workflows 120: the viewer resumes without a gap after its connection was cut', { skip, timeout: 60_000 }, async () => {
  const { heard, begins } = streams;
  const cutting = streams.cut();
  const [known, connections] = [Math.max(...heard.map(({ seq }) => seq)), begins.length];
  await cutting;
  // Decided while nobody listens: what is told of it must come with the next connection.
  await lead.getByRole('dialog').getByRole('button', { name: 'Approve with changes' }).click();
  // A reading may tell the page of the end first: it goes on with the stream to its end all the same.
  await settles(async () => heard.map(({ type }) => type), (types) => types.at(-1) === 'end', 'the stream was not heard to its end');
  await page.getByRole('button', { name: 'Run again' }).waitFor();
  assert.equal(begins[connections], known, 'it goes on behind what it had heard');
  const counted = heard.filter(({ type }) => !['snapshot', 'heartbeat', 'log', 'pong'].includes(type)).map(({ seq }) => seq);
  const seqs = [...new Set(counted)];
  assert.equal(seqs.length, counted.length, `a message came twice: ${counted.join(' ')}`);
  assert.deepEqual(seqs, seqs.map((_, at) => seqs[0]! + at), 'messages are without gaps across both connections');
}); // prettier-ignore

void test('the output and the log of a run are there afterwards, and so are its times', { skip, timeout: 60_000 }, async () => {
  await page.getByRole('tab', { name: 'Input and output' }).click();
  await page.getByRole('group', { name: 'Output' }).getByText('"ordered": "small"').waitFor();
  await isAccessible(page);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('button', { name: /^Ask the lead · Completed/ }).click();
  await page.getByRole('complementary', { name: 'Runs of Ask the lead' }).getByText('left by approved').waitFor();
  await isAccessible(page);
  await page.getByRole('tab', { name: /^Log/ }).click();
  await page.getByLabel('Least level').waitFor();
  await isAccessible(page);
  await page.getByRole('tab', { name: /^Runs of nodes/ }).click();
  await page.getByRole('table', { name: 'Runs of nodes' }).getByText('Write it down').waitFor();
  await isAccessible(page);
});

void test('workflows 114: a template is chosen, customised and saved', { skip, timeout: 60_000 }, async () => {
  await page.goto(`${product.url}/workflows`);
  await page.getByRole('link', { name: 'Templates' }).click();
  await heading(page, 'Templates').waitFor();
  await page.getByRole('button', { name: 'Incidents' }).click();
  await isAccessible(page);
  await page.getByRole('list', { name: 'Templates' }).getByRole('button').first().click();
  const shown = page.getByRole('dialog');
  await shown.getByRole('heading', { name: 'What it needs' }).waitFor();
  await shown.getByRole('group', { name: /^Graph of template/ }).waitFor();
  await isAccessible(page);
  await shown.getByLabel('Name', { exact: true }).fill('When it burns');
  await shown.getByRole('button', { name: 'Use template' }).click();
  await page.waitForURL(/\/workflows\/[^/]+\/edit/);
  const id = idInPath();
  await page.goto(`${product.url}/workflows/${id}`);
  await heading(page, 'When it burns').waitFor();
  await page.getByRole('button', { name: 'More for When it burns' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const settings = dialog('Settings of When it burns');
  await settings.getByLabel('Folder', { exact: false }).fill('Incidents');
  await settings.getByRole('tab', { name: 'Runs' }).click();
  await settings.getByLabel('Longest run, in seconds').fill('120');
  await settings.getByRole('tab', { name: 'Budgets' }).click();
  await settings.getByLabel('Tokens').fill('99');
  await settings.getByText('A whole number from 100.').waitFor();
  await settings.getByLabel('Tokens').fill('5000');
  await settings.getByLabel('US dollars').fill('2.50');
  await isAccessible(page);
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.waitFor({ state: 'hidden' });
  const saved = await ok('GET', `/workflows/${id}`);
  assert.deepEqual([saved.folder, saved.settings.timeoutSeconds], ['Incidents', 120]);
  assert.deepEqual(saved.settings.budgets, { tokens: 5_000, cost: 2_500_000 });
});

/** An account whose rights a workflow has when nobody starts it in person. */
async function serviceAccount(): Promise<string> {
  const { actor } = await ok('GET', '/me');
  const roles = (await ok('GET', '/roles?limit=200')).items as { id: string; key: string }[];
  const machine = await governed(product, owner, approver, 'POST', '/service-accounts', { name: 'Stock keeper', ownerId: actor.id });
  await governed(product, owner, approver, 'POST', '/grants', {
    subjectId: machine.id,
    roleId: roles.find(({ key }) => key === 'viewer')!.id,
    scope: { any: [{}] },
    reason: 'Runs the stock workflow',
  });
  return machine.id;
}
let stock = '';
let check = '';
let clock: Made;

void test('a published workflow is started by a call and by the clock; the address is shown once', { skip, timeout: 90_000 }, async () => {
  const account = await serviceAccount();
  const at = new Date(Date.now() + 4_000).toISOString();
  const hook = node(0, 'hook', 'trigger', 'Stock is asked for', { mode: 'webhook', methods: ['POST'] });
  clock = { ...node(0, 'clock', 'trigger', 'Once tonight', { mode: 'schedule', type: 'once', at }), layout: { x: 0, y: 240 } };
  const shape = node(1, 'shape', 'transform', 'Take it down', fields('item', '{{ trigger.body.?item.orValue("nothing") }}'));
  const fail = node(2, 'check', 'fail', 'Look in the store', { message: 'Nothing left of {{ nodes.shape.output.item }}', code: 'out-of-stock' });
  const connections = [...chain([hook, shape, fail]), ...chain([clock, shape])].map(({ connection }) => connection);
  ({ id: stock } = await ok('POST', '/workflows', { name: 'Stock', graph: { nodes: [hook, clock, shape, fail], connections }, settings: { runAs: 'service' } }));
  check = fail.id;
  await ok('PATCH', `/workflows/${stock}`, { serviceAccountId: account });
  await ok('POST', `/workflows/${stock}/versions`, { note: 'First' });

  await page.goto(`${product.url}/workflows/${stock}/triggers`);
  await page.getByText('It has no address with a token yet.').waitFor();
  await page.getByText('Next ten times').waitFor();
  await lookAround(page, 'workflow-triggers');
  await press(page, 'Make an address');
  await dialog('Make an address').getByRole('button', { name: 'Make an address' }).click();
  const shown = dialog('Address of the webhook');
  const address = (await shown.getByRole('group', { name: 'Address of the webhook' }).textContent())!.trim();
  await isAccessible(page);
  await shown.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByText('which was shown once').waitFor();
  assert.equal((await page.content()).includes(address), false, 'the address is nowhere any more');

  const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"item":"bolts"}' });
  assert.equal(answer.status, 202, await answer.text());
  await settles(() => executionsOf(stock), (all) => ['webhook', 'schedule'].every((kind) => all.some(({ trigger, status }) => trigger.kind === kind && status === 'failed')), 'both triggers start it'); // prettier-ignore
}); // prettier-ignore

void test('what failed is found, mended, published and run again from the node that failed', { skip, timeout: 90_000 }, async () => {
  await page.goto(`${product.url}/workflows/${stock}/executions?trigger=webhook`);
  await page.getByRole('list', { name: 'What failed alike' }).getByText('out-of-stock', { exact: true }).waitFor();
  await isAccessible(page);
  await edit(stock, [
    { op: 'updateNode', id: check, set: { type: 'transform', typeVersion: 1, config: fields('left', '{{ nodes.shape.output.item }}') } },
    // Its time has passed; from now on it is every night.
    { op: 'updateNode', id: clock.id, set: { config: { mode: 'schedule', type: 'cron', cron: '0 2 * * *', timezone: 'Europe/Berlin' } } },
  ]);
  await ok('POST', `/workflows/${stock}/versions`, { note: 'Looks again' });

  await page.getByRole('table', { name: 'Executions' }).getByRole('link').first().click();
  await page.getByText('Failed at check').waitFor();
  const failed = page.url();
  await press(page, 'Run again');
  const again = dialog('Run again');
  await again.getByRole('radio', { name: 'The active version' }).click();
  await isAccessible(page);
  await again.getByRole('button', { name: 'Run again' }).click();
  await page.waitForURL((url) => url.href !== failed && url.pathname.startsWith('/executions/'));
  await page.getByRole('main').getByText('Completed').first().waitFor();
  await page.getByRole('tab', { name: 'Input and output' }).click();
  await page.getByRole('group', { name: 'Output' }).getByText('"left": "bolts"').waitFor();
  const { nodes } = await ok('GET', `/executions/${idInPath()}`);
  assert.deepEqual(nodes.filter(({ reused }: { reused: boolean }) => reused).map(({ key }: { key: string }) => key).sort(), ['hook', 'shape']); // prettier-ignore
});

void test('versions are compared in one picture, and an old one is restored', { skip, timeout: 60_000 }, async () => {
  await page.goto(`${product.url}/workflows/${stock}/versions`);
  await page.getByRole('button', { name: 'What it changed' }).first().click();
  await page.getByRole('group', { name: /^Both in one graph/ }).waitFor();
  await page.getByText('Look in the store').last().waitFor();
  await lookAround(page, 'workflow-versions');
  await page.getByRole('list', { name: 'Versions' }).getByRole('listitem').last().getByRole('button', { name: 'Restore' }).click();
  await dialog('Restore version 1').getByRole('button', { name: 'Restore' }).click();
  await dialog('Restore version 1').waitFor({ state: 'hidden' });
  const { draft, activeVersion } = await ok('GET', `/workflows/${stock}`);
  assert.equal(draft.nodes.find(({ id }: Made) => id === check).type, 'fail');
  assert.equal(activeVersion, 2, 'what is active stays');
});

void test('every run is in one list, and what goes on there is seen in both themes and on a phone', { skip, timeout: 90_000 }, async () => {
  await page.goto(`${product.url}/executions`);
  await page.getByRole('table', { name: 'Executions' }).getByRole('link', { name: 'Order servers' }).first().waitFor();
  await isAccessible(page);
  await lookAround(page, 'executions');
  await page.goto(`${product.url}/workflows`);
  await page.getByRole('list', { name: 'Workflows' }).getByText('Stock').waitFor();
  await isAccessible(page);
  await lookAround(page, 'workflows');
});

void test('a test is attached to a workflow, run, and says whether what it expects holds', { skip, timeout: 60_000 }, async () => {
  const { id } = await ok('POST', '/workflows', { name: 'Tried out' });
  await page.goto(`${product.url}/workflows/${id}/tests`);
  await press(page, 'New test');
  const form = dialog('New test');
  await form.getByLabel('Name', { exact: true }).fill('It ends well');
  await isAccessible(page);
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('list', { name: 'Tests' }).getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Passed', { exact: true }).waitFor();
  await isAccessible(page);
});
