import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { api } from '../lib/api.ts';
import { boxOf, chromiumIsThere, heading, isAccessible, openBrowser, openWindow, signIn } from '../lib/browser.ts';
import { ends, line, node, type Draft } from '../lib/graph.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let owner: Login;
let faults: string[] = [];

before(async () => {
  if (skip) return;
  product = await startProduct();
  owner = product.as('owner');
  browser = await openBrowser();
  ({ page, context, faults } = await openWindow(browser));
  await signIn(page, product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults, [], 'errors in the window');
});

async function create(name: string, graph?: object): Promise<string> {
  const { status, body } = await api(product, owner, 'POST', '/workflows', { name, ...(graph ? { graph } : {}) });
  assert.equal(status, 201, JSON.stringify(body));
  return body.id as string;
}
const read = async (id: string): Promise<Draft> => (await api(product, owner, 'GET', `/workflows/${id}`)).body.draft as Draft;
async function open(id: string, name: string, where = page): Promise<void> {
  await where.goto(`${product.url}/workflows/${id}/edit`);
  await heading(where, name).waitFor();
  await where.locator('[data-canvas] .react-flow__node').first().waitFor();
}
const isSaved = (where = page): Promise<void> => where.locator('[data-save="saved"]').waitFor();
const step = (name: string, where = page): Locator => where.locator('[data-canvas]').getByRole('group', { name, exact: true });
/** The keyboard is on it, and the canvas does not move any more. */
const focused = (name: string): Promise<void> => page.locator(`.react-flow__node[aria-label="${name}"]:focus`).waitFor();

void test('a workflow is drawn by mouse and filled in; what may not be joined is refused, with the reason', { skip, timeout: 120_000 }, async () => {
  const id = await create('Drawn by mouse');
  await open(id, 'Drawn by mouse');
  const canvas = page.locator('[data-canvas]');
  const palette = page.getByRole('region', { name: 'Palette' });

  // Drag a step onto the canvas, and draw a line to it.
  await palette.getByRole('button', { name: /^Transform/ }).first().dragTo(canvas, { targetPosition: { x: 560, y: 300 } }); // prettier-ignore
  await focused('Transform');
  await page.keyboard.press('Escape');
  const port = (name: string, kind: 'source' | 'target', at = 'main') => step(name).locator(`.react-flow__handle.${kind}[data-handleid="${at}"]`);
  const draw = async (from: Locator, to: Locator) => {
    const [a, b] = [await boxOf(from), await boxOf(to)];
    await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await page.mouse.down();
    await page.mouse.move(b.x + b.width / 2 - 20, b.y + b.height / 2, { steps: 4 });
    await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 2 });
  };
  await draw(port('Start', 'source'), port('Transform', 'target'));
  await page.mouse.up();
  await page.locator('.react-flow__edge').waitFor();

  // "+" on a port adds what comes next; a line back is refused, and the reason is said while it is drawn.
  await step('Transform').getByRole('button', { name: /^Add a step after/ }).first().click();
  await palette.getByRole('searchbox').fill('filter');
  await palette.getByRole('button', { name: /^Filter/ }).first().click();
  await focused('Filter');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: /^Configuration of/ }).waitFor({ state: 'hidden' });
  // Both in sight again.
  await page.keyboard.press('0');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  // On a slow machine the canvas may still move after it stood still for a moment.
  const refusal = page.getByText('This would be a circle').first();
  for (let tries = 5; tries > 0 && !(await refusal.isVisible()); tries -= 1) {
    await page.mouse.up();
    await draw(port('Filter', 'source'), port('Transform', 'target'));
    await refusal.waitFor({ timeout: 5_000 }).catch(() => undefined);
  }
  await refusal.waitFor();
  await page.mouse.up();
  await page.getByText('Not connected').waitFor();

  // Fill in, with what comes out shown at once.
  await step('Transform').dblclick();
  const panel = page.getByRole('region', { name: 'Configuration of Transform' });
  await panel.getByLabel('Name', { exact: true }).first().fill('Prepare');
  await isSaved();
  await isAccessible(page);
  const draft = await read(id);
  assert.deepEqual(ends(draft), ['Prepare main Filter', 'Start main Prepare']);

  // As it looks when nothing is wrong.
  const [begin, enough, answer, stop] = [
    node('trigger', 'Every order', { mode: 'manual' }, 0, 120),
    node('conditional', 'Is there enough', { expression: '2 > 1' }, 300, 120),
    node('transform', 'Say when', { mode: 'fields', keep: 'none', fields: [{ name: 'when', value: 'tomorrow' }] }, 620),
    node('fail', 'Nothing left', { message: 'Nothing left of it' }, 620, 240),
  ];
  const whole = await create('Orders', {
    nodes: [begin, enough, answer, stop],
    connections: [line(begin, enough), line(enough, answer, 'true'), line(enough, stop, 'false')],
  });
  await open(whole, 'Orders');
  await page.getByText('No problems', { exact: true }).waitFor();
  await step('Say when').dblclick();
  await page.getByRole('region', { name: 'Configuration of Say when' }).waitFor();
  await lookAround(page, 'workflow-builder');
}); // prettier-ignore

void test('workflows 115: Building and running a workflow by keyboard only; axe finds no violations', { skip, timeout: 120_000 }, async () => {
  const id = await create('By keyboard');
  await open(id, 'By keyboard');
  const type = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const add = async (name: string) => {
    await type('a');
    await page.keyboard.type(name);
    await type('Enter');
  };
  await type('Tab');
  await page.locator('.react-flow__node:focus').first().waitFor();
  await add('conditional');
  await step('Conditional').waitFor();
  await focused('Conditional');
  // Into its configuration, to the expression, and back.
  await type('Enter');
  const expression = page.getByRole('textbox', { name: 'Or one expression' });
  for (let at = 0; at < 30 && !(await expression.evaluate((field) => field === document.activeElement).catch(() => false)); at += 1)
    await type('Tab');
  await page.keyboard.type('1 == 1', { delay: 10 });
  await page.getByText('Gives true').waitFor();
  await type('Escape');
  await focused('Conditional');
  await add('transform');
  await focused('Transform');
  // Another step, connected by C.
  await type('Escape', 'Escape');
  await add('stop with error');
  await focused('Stop with error');
  await type('Escape', 'Shift+Tab');
  await type('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await type('Escape');
  await type('Control+Enter');
  const run = page.getByRole('region', { name: 'Test run' });
  await run.getByText('Completed').first().waitFor();
  await isSaved();
  await lookAround(page, 'workflow-builder-run');
  await type('Control+Shift+S');
  await page.getByRole('dialog', { name: /By keyboard/ }).waitFor();
  await type('Escape');
  const { nodes } = await read(id);
  assert.deepEqual(nodes.map(({ name }) => name).sort(), ['Conditional', 'Start', 'Stop with error', 'Transform']);
  assert.equal(nodes.find(({ name }) => name === 'Conditional')!.config['expression'], '1 == 1');
});

void test('workflows 116: 50 mixed edits, 50 undos, 50 redos give identical graphs; undo survives reload', { skip, timeout: 120_000 }, async () => {
  const [first, second] = [node('trigger', 'Begin', { mode: 'manual' }, 0), node('transform', 'Middle', {}, 300)];
  const id = await create('Back and forth', { nodes: [first, second], connections: [line(first, second)] });
  await open(id, 'Back and forth');
  const start = await read(id);
  await step('Middle').click();
  const round = ['Control+d', 'd', 'Shift+ArrowRight', 'Control+d', 'Shift+ArrowDown'];
  for (let at = 0; at < 50; at += 1) await page.keyboard.press(round[at % round.length]!);
  await page.keyboard.press('Control+s');
  await isSaved();
  const end = await read(id);
  assert.equal(end.nodes.length, 22);
  await page.reload();
  await page.locator('[data-canvas] .react-flow__node').first().waitFor();
  for (let at = 0; at < 50; at += 1) await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+s');
  await isSaved();
  const byId = ({ nodes, connections }: Draft) => ({ nodes: nodes.toSorted((a, b) => a.id.localeCompare(b.id)), connections });
  assert.deepEqual(byId(await read(id)), byId(start));
  for (let at = 0; at < 50; at += 1) await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+s');
  await isSaved();
  assert.deepEqual(byId(await read(id)), byId(end));
});

/** A second person's window on the same workflow, without signing in again. */
async function another(id: string, name: string): Promise<{ other: Page; away: BrowserContext }> {
  const away = await browser.newContext({ storageState: await context.storageState(), viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
  const other = await away.newPage();
  await open(id, name, other);
  return { other, away };
} // prettier-ignore
async function rename(where: Page, from: string, to: string): Promise<void> {
  await step(from, where).dblclick();
  await where.getByRole('region', { name: /^Configuration of/ }).getByLabel('Name', { exact: true }).first().fill(to); // prettier-ignore
  await where.keyboard.press('Escape');
  await where.keyboard.press('1'); // all of it in view, as nodes are taken by mouse
}

void test('workflows 117 and 118: two browsers edit one workflow, one of them without a network; no edit is lost, and only the same field is asked about', { skip, timeout: 120_000 }, async () => {
  const [a, b, c] = [node('trigger', 'Begin', { mode: 'manual' }, 0), node('transform', 'Left', {}, 300), node('transform', 'Right', {}, 600)];
  const id = await create('Together', { nodes: [a, b, c], connections: [line(a, b), line(b, c)] });
  await open(id, 'Together');
  const { other, away } = await another(id, 'Together');
  await away.setOffline(true);
  await rename(other, 'Right', 'Mine on the right');
  await other.locator('[data-save="offline"]').waitFor();
  await rename(page, 'Left', 'Theirs on the left');
  await isSaved();
  await away.setOffline(false);
  await isSaved(other);
  assert.deepEqual((await read(id)).nodes.map(({ name }) => name).sort(), ['Begin', 'Mine on the right', 'Theirs on the left']);
  await step('Theirs on the left', other).waitFor();

  // The same field: the dialog asks, and the answer is what counts.
  await step('Mine on the right').waitFor();
  await away.setOffline(true);
  await rename(other, 'Theirs on the left', 'One way');
  await other.locator('[data-save="offline"]').waitFor();
  await rename(page, 'Theirs on the left', 'Another way');
  await isSaved();
  await away.setOffline(false);
  const dialog = other.getByRole('dialog', { name: 'Somebody else changed the same' });
  await dialog.waitFor();
  await lookAround(other, 'workflow-builder-overlap');
  await dialog.getByRole('radio', { name: 'Mine' }).click();
  await dialog.getByRole('button', { name: 'Take these' }).click();
  await isSaved(other);
  await step('One way').waitFor();
  await away.close();
}); // prettier-ignore
