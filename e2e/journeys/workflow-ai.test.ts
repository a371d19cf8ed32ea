import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, openBrowser, openWindow, settles, signIn } from '../lib/browser.ts';
import { line, node } from '../lib/graph.ts';
import { lookAround, lookOnce, picture } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
let page: Page;
let owner: Login;
let faults: string[] = [];

before(async () => {
  if (skip) return;
  product = await startProduct();
  owner = product.as('owner');
  browser = await openBrowser();
  ({ page, faults } = await openWindow(browser));
  await signIn(page, product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults, [], 'errors in the window');
});

async function ask(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  const { status, body: answer } = await api(product, owner, method, path, body, headers);
  assert.ok(status < 300, `${method} ${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}
interface Step {
  id: string;
  name: string;
  type: string;
}
const read = async (id: string): Promise<{ nodes: Step[]; connections: unknown[] }> => (await ask('GET', `/workflows/${id}`)).draft;
const idOf = (): string => /workflows\/([^/?]+)\/edit/.exec(page.url())![1]!;
const isSaved = (): Promise<void> => page.locator('[data-save="saved"]').waitFor();
const assistant = (): Locator => page.getByRole('region', { name: 'Assistant' });

void test('workflows 107 and 108: Without a model a goal in words becomes a draft and says where it comes from; refining is a diff, one part of which is left out, and one undo takes it back', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/workflows?new=describe`);
  const dialog = page.getByRole('dialog', { name: 'New workflow' });
  await dialog.getByText('No model is set up.').waitFor();
  await dialog.getByRole('textbox', { name: 'What should happen' }).fill('Reboot a server, then wait 5 minutes');
  await picture(page, 'workflow-describe');
  await dialog.getByRole('button', { name: 'Draft it' }).click();
  const review = dialog.locator('[data-review]');
  await review.locator('[data-source="templates"]').waitFor();
  await review.locator('.react-flow__node').first().waitFor();
  await lookOnce(page, 'workflow-describe-review');
  await review.getByRole('textbox', { name: 'Name' }).fill('Reboot in words');
  await review.getByRole('button', { name: 'Save as a draft' }).click();
  await heading(page, 'Reboot in words').waitFor();
  await page.locator('[data-canvas] .react-flow__node').first().waitFor();

  // Edits that are proposed: all but one of them are accepted.
  const before_ = await read(idOf());
  await assistant().getByRole('textbox', { name: 'What should change' }).fill('Ask for approval before the reboot, and wait 10 minutes at the end');
  await assistant().getByRole('button', { name: 'Propose' }).click();
  const proposals = assistant().getByRole('list', { name: 'Proposed edits' });
  await proposals.getByRole('listitem').first().waitFor();
  await page.locator('[data-preview] .react-flow__node').first().waitFor();
  await lookOnce(page, 'workflow-refine');
  // What it answered is there in a narrow window too, and again in a wide one.
  const wide = page.viewportSize()!;
  const drawer = page.getByRole('dialog', { name: 'Assistant' });
  await page.setViewportSize({ width: 360, height: 800 });
  await drawer.getByRole('list', { name: 'Proposed edits' }).getByRole('listitem').first().waitFor();
  await page.setViewportSize(wide);
  await drawer.waitFor({ state: 'hidden' });
  await page.locator('[data-preview] .react-flow__node').first().waitFor();
  const left = proposals.locator('[data-deed="add"]').last();
  const leftOut = (await left.locator('p').first().innerText()).replace(/^Add /, '');
  await left.getByRole('checkbox').click();
  await assistant().getByRole('button', { name: 'Accept chosen' }).click();
  await isSaved();
  const added = async () => (await read(idOf())).nodes.filter(({ id }) => !before_.nodes.some((one) => one.id === id));
  const some = await settles(added, (nodes) => nodes.length > 0, 'nothing was added');
  assert.ok(!some.some(({ name }) => name === leftOut), `${leftOut} was left out, and is there`);
  await page.locator('[data-canvas] .react-flow__node').first().waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Undo' }).click();
  await settles(async () => (await added()).length, (count) => count === 0, 'one undo did not take it back'); // prettier-ignore

  // What it does, in words, and what could be better: both work without a model.
  await assistant().getByRole('tab', { name: 'Explain' }).click();
  await assistant().getByRole('button', { name: 'Explain it' }).click();
  await assistant().locator('[data-explained] [data-source="rules"]').waitFor();
  await picture(page, 'workflow-explain');
  await assistant().getByRole('tab', { name: 'Improve' }).click();
  await assistant().getByRole('button', { name: 'Look for improvements' }).click();
  await assistant().locator('[data-optimised]').waitFor();
}); // prettier-ignore

/** The mock of the product thinks: turn by turn, as it is written here. */
async function setUpModel(): Promise<void> {
  const contains = 'You keep the groups';
  const rules = [
    { contains, turn: 0, text: 'I look at what is there first.', toolCalls: [{ name: 'groups_list', arguments: { limit: 5 } }] },
    {
      contains,
      turn: 1,
      text: 'Two groups are missing.',
      toolCalls: ['On call', 'Interns'].map((name) => ({ name: 'groups_create', arguments: { name } })),
    },
    { contains, turn: 2, text: 'One group is made, the other was not wanted.' },
  ];
  await ask('POST', '/ai/providers', { kind: 'mock', name: 'mock', label: 'Mock', script: { rules, otherwise: 'Done.' } });
  const { version } = await ask('GET', '/ai/settings');
  await ask('PATCH', '/ai/settings', { defaults: { agent: 'mock/scripted' } }, { 'If-Match': `"${version}"` });
}

void test('workflows 96, 98 and 99: An agent gets its tools by mouse and by keyboard, asks for what it changes, and goes on with the arguments and words of whoever decides; all of it is seen', { skip, timeout: 120_000 }, async () => {
  await setUpModel();
  const start = node('trigger', 'Start', { mode: 'manual' }, 0);
  const agent = node('ai_agent', 'Keeper', { system: 'You keep the groups.', goal: 'Make the groups that are missing', tools: { operations: ['groups.*'] }, writeMode: 'plan' }, 320);
  const shape = node('transform', 'Shape', { fields: [{ name: 'seen', value: 'yes' }] }, 320, 260, { description: 'Shapes what was found' });
  const { id } = await ask('POST', '/workflows', { name: 'Groups by an agent', graph: { nodes: [start, agent, shape], connections: [line(start, agent)] } });
  await page.goto(`${product.url}/workflows/${id}/edit`);
  const keeper = page.locator('[data-canvas]').getByRole('group', { name: 'Keeper', exact: true });
  await keeper.waitFor();

  // A tool by the "+" of the port, and another by the form, with the keyboard alone.
  const close = assistant().getByRole('button', { name: 'Close the assistant' });
  if (await close.isVisible()) await close.click();
  await keeper.getByRole('button', { name: 'Add a step after Tools' }).click();
  await page.getByRole('region', { name: 'Palette' }).getByRole('searchbox').fill('delay');
  await page.getByRole('region', { name: 'Palette' }).getByRole('button', { name: /^Delay/ }).first().click();
  await page.getByRole('region', { name: 'Configuration of Delay' }).waitFor();
  await keeper.dblclick();
  const panel = page.getByRole('region', { name: 'Configuration of Keeper' });
  const tools = panel.getByRole('region', { name: 'Tools' });
  await tools.getByRole('button', { name: 'Delay', exact: true }).waitFor();
  await tools.getByRole('combobox', { name: 'Connect a step' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Shape' }).waitFor();
  await page.keyboard.type('Shape');
  await page.keyboard.press('Enter');
  await tools.getByRole('button', { name: 'Shape', exact: true }).waitFor();
  await tools.getByRole('button', { name: 'Disconnect Keeper from Delay' }).click();
  await isSaved();
  await lookOnce(page, 'workflow-agent');

  // It asks; somebody else decides call by call.
  const { execution } = await ask('POST', `/workflows/${id}/test-run`, { inputs: {}, async: true });
  await page.goto(`${product.url}/executions/${execution.id}?node=${agent.id}`);
  await page.locator('[data-call="waiting"]').first().waitFor();
  await lookOnce(page, 'execution-agent');
  const other = await openWindow(browser);
  await signIn(other.page, product, product.as('admin'));
  await other.page.goto(`${product.url}/executions/${execution.id}`);
  await other.page.getByRole('button', { name: 'Decide', exact: true }).click();
  const dialog = other.page.getByRole('dialog', { name: 'What keeper asks for' });
  const calls = dialog.getByRole('region', { name: 'groups.create' });
  await calls.first().getByRole('textbox', { name: 'Name' }).first().fill('On call, second line');
  await calls.last().getByRole('switch', { name: 'Let it' }).click();
  await calls.last().getByRole('textbox', { name: 'Why not' }).fill('They have one already');
  await calls.first().getByText('groups.create').evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await lookOnce(other.page, 'execution-agent-decide');
  await dialog.getByRole('button', { name: 'Approve with changes' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(other.faults, []);
  await other.context.close();

  // The agent goes on with that, and the page shows it as it happens.
  const conversation = page.locator('[data-conversation]').first();
  await conversation.getByText('One group is made, the other was not wanted.').first().waitFor();
  await conversation.locator('[data-call="refused"]').waitFor();
  const { items } = await ask('GET', '/groups?limit=100');
  const made = (items as { name: string }[]).map(({ name }) => name);
  assert.ok(made.includes('On call, second line') && !made.includes('Interns'), made.join());
}); // prettier-ignore

void test('a failed execution is diagnosed, and what would help is looked at in the editor', { skip, timeout: 120_000 }, async () => {
  const start = node('trigger', 'Start', { mode: 'manual' }, 0);
  const stop = node('fail', 'Stop', { message: 'The rack is dark' }, 320);
  const { id } = await ask('POST', '/workflows', { name: 'Fails', graph: { nodes: [start, stop], connections: [line(start, stop)] } });
  const { execution } = await ask('POST', `/workflows/${id}/test-run`, { inputs: {} });
  await page.goto(`${product.url}/executions/${execution.id}`);
  await page.getByRole('button', { name: 'Why did it fail?' }).click();
  await page.locator('[data-diagnosis] [data-source="rules"]').waitFor();
  await page.locator('[data-diagnosis]').getByText('The rack is dark').first().waitFor();
  await lookOnce(page, 'execution-diagnosis');
});

void test('workflows 32: figures that runs keep are listed, and one is drawn and read, in both themes and on a phone', { skip, timeout: 90_000 }, async () => {
  await page.goto(`${product.url}/workflows`);
  await page.getByRole('link', { name: 'Metrics' }).click();
  await page.getByText('No figures yet').waitFor();
  const start = node('trigger', 'Start', { mode: 'manual' }, 0);
  const keep = node('monitoring', 'Keep', { action: 'emit_metric', metric: 'edge.latency', labels: { host: '{{ input.host }}' }, value: 'input.ms', unit: 'ms' }, 300);
  const { id } = await ask('POST', '/workflows', { name: 'Measure the edge', graph: { nodes: [start, keep], connections: [line(start, keep)] } });
  await ask('POST', `/workflows/${id}/versions`, { note: 'First' });
  for (const [host, ms] of [['fra-1', 12.5], ['fra-1', 18], ['ber-1', 7], ['fra-1', 31]] as const) await ask('POST', `/workflows/${id}/execute`, { inputs: { host, ms }, options: { async: false } });
  await page.reload();
  const list = page.getByRole('table', { name: 'Metrics' });
  await list.getByRole('row', { name: /host=ber-1 7 ms/ }).waitFor();
  await isAccessible(page);
  await page.getByLabel('Search metrics').fill('nothing like it');
  await page.getByText('No name has that').waitFor();
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  // By keyboard alone: the line opens, and its figures are read.
  await list.getByRole('row', { name: /host=fra-1 31 ms/ }).getByRole('link').focus();
  await page.keyboard.press('Enter');
  const shown = page.getByRole('dialog', { name: 'edge.latency' });
  await shown.getByRole('img', { name: 'edge.latency, Last day: between 12.5 ms and 31 ms' }).waitFor();
  await shown.getByText('As a table').press('Enter');
  await shown.getByRole('row').getByText('12.5 ms').first().waitFor();
  // As it is once it has been kept for a day: what was said before is put in front, since nobody can wait for it.
  const day = Array.from({ length: 47 }, (_, at) => 18 + 6 * Math.sin(at / 5)).map((avg, at) => ({ avg, min: avg - 3, max: avg + 4, count: 3, ago: (48 - at) * 1_800_000 }));
  await page.route('**/api/v1/workflow-metrics/*/samples?*', async (route) => {
    const answer = await route.fetch();
    const told = await answer.json();
    const earlier = day.map(({ ago, ...point }) => ({ ...point, at: new Date(Date.parse(told.to) - ago).toISOString() }));
    await route.fulfill({ response: answer, json: { ...told, points: [...earlier, ...told.points] } });
  });
  await page.reload();
  await shown.getByRole('img', { name: /between 9\.\d+ ms and 31 ms/ }).waitFor();
  await lookAround(page, 'workflow-metrics');
  await page.unrouteAll({ behavior: 'wait' });
  await page.reload();
  await shown.getByRole('combobox', { name: 'Time' }).click();
  await page.getByRole('option', { name: 'Last hour' }).click();
  await shown.getByRole('img', { name: /Last hour/ }).waitFor();
  await page.reload();
  await shown.getByRole('img', { name: /Last hour/ }).waitFor();

  // Who is done with a series deletes it: what goes with it is told before, and somebody else has to agree.
  await shown.getByRole('button', { name: 'Delete metric' }).click();
  const review = page.getByRole('dialog', { name: 'Delete the metric edge.latency' });
  await review.getByText('Data will be lost: 3 samples').waitFor();
  await isAccessible(page);
  await review.getByRole('button', { name: 'Ask for approval' }).click();
  await page.getByText(/^CHG-\d+ waits for approval$/).waitFor();
}); // prettier-ignore
