import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { api } from '../lib/api.ts';
import { boxOf, chromiumIsThere, openBrowser, openWindow, settles, signIn } from '../lib/browser.ts';
import { line, node, type Draft } from '../lib/graph.ts';
import { lookAround } from '../lib/looks.ts';
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

async function create(name: string, graph?: object): Promise<string> {
  const { status, body } = await api(product, owner, 'POST', '/workflows', { name, ...(graph ? { graph } : {}) });
  assert.equal(status, 201, JSON.stringify(body));
  return body.id as string;
}
const read = async (id: string): Promise<Draft> => (await api(product, owner, 'GET', `/workflows/${id}`)).body.draft as Draft;
const step = (name: string): Locator => page.locator('[data-canvas]').getByRole('group', { name, exact: true });

void test('workflows 119: 500 nodes: pan and zoom stay smooth', { skip, timeout: 120_000 }, async () => {
  const id = await create('Large');
  const nodes = Array.from({ length: 500 }, (_, at) => node(at === 0 ? 'trigger' : 'transform', `Step ${at}`, {}, (at % 25) * 290, Math.floor(at / 25) * 130));
  const connections = nodes.slice(1).map((target, at) => line(nodes[at]!, target));
  let told = 0;
  await page.route(`**/api/v1/workflows/${id}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), draft: { nodes, connections } } });
    told = performance.now();
  });
  await page.goto(`${product.url}/workflows`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goto(`${product.url}/workflows/${id}/edit`);
  const painted = page.locator('[data-overview]');
  await painted.waitFor();
  const there = performance.now() - told;
  const drawn = page.locator('[data-canvas] .react-flow__node');
  assert.equal(await drawn.count(), 0, 'from far away all of it is painted');
  await lookAround(page, 'workflow-builder-large');
  await page.keyboard.press('1');
  await painted.waitFor({ state: 'detached' });
  const { x, y, width } = await boxOf(page.locator('[data-canvas]'));
  await page.evaluate(() => {
    const seen: number[] = [];
    const tick = (at: number) => (seen.push(at), requestAnimationFrame(tick));
    requestAnimationFrame(tick);
    Object.assign(window, { seen });
  });
  await page.mouse.move(x + width / 2, y + 40);
  await page.mouse.down();
  for (let at = 0; at < 60; at += 1) await page.mouse.move(x + width / 2 - at * 8, y + 40 + at * 6);
  await page.mouse.up();
  for (let at = 0; at < 20; at += 1) await page.mouse.wheel(0, at < 10 ? 120 : -120);
  const times = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
  const gaps = times.slice(1).map((at, i) => at - times[i]!).sort((a, b) => a - b);
  const frames = ((times.length - 1) * 1_000) / (times.at(-1)! - times[0]!);
  process.stdout.write(`# 500 nodes: ${frames.toFixed(0)} frames/s while panned and zoomed, half within ${gaps[Math.floor(gaps.length / 2)]!.toFixed(0)} ms; drawn ${there.toFixed(0)} ms after they were read\n`);
  // At rest, and near: what is on screen is there, and nothing else.
  await painted.waitFor({ state: 'detached' });
  await settles(() => drawn.count(), (now) => now > 0 && now < 100, 'more than what is on screen is in the document'); // prettier-ignore
}); // prettier-ignore

void test('what is painted from far away is chosen, moved and framed as if it were there', { skip, timeout: 120_000 }, async () => {
  const nodes = Array.from({ length: 120 }, (_, at) => node(at === 0 ? 'trigger' : 'transform', `Step ${at}`, {}, (at % 12) * 290, Math.floor(at / 12) * 230));
  const id = await create('Many', { nodes, connections: nodes.slice(1).map((target, at) => line(nodes[at]!, target)) });
  await page.goto(`${product.url}/workflows/${id}/edit`);
  const painted = page.locator('[data-overview]');
  await painted.waitFor();
  await page.keyboard.press('0');
  const drawn = page.locator('[data-canvas] .react-flow__node');
  const chosen = page.locator('[data-canvas] .react-flow__node.selected');
  /** Where the middle of a place in the graph is on the page. */
  const at = async (left: number, top: number) => {
    const canvas = await boxOf(page.locator('[data-canvas]'));
    const [x, y, zoom] = await page.locator('.react-flow__viewport').evaluate((element) => {
      const { e, f, a } = new DOMMatrix(getComputedStyle(element).transform);
      return [e, f, a] as const;
    });
    return { x: canvas.x + x + left * zoom, y: canvas.y + y + top * zoom };
  };
  const middle = (nth: number) => at((nth % 12) * 290 + 104, Math.floor(nth / 12) * 230 + 36);

  // Under the pointer it is there; pressed it is chosen, and dragged it moves, with the lines that end at it.
  const { x, y } = await middle(30);
  await page.mouse.move(x, y);
  await step('Step 30').waitFor();
  assert.equal(await drawn.count(), 1);
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 30, { steps: 5 });
  await page.mouse.up();
  const kept = async () => (await read(id)).nodes.find(({ name }) => name === 'Step 30')!.layout.y;
  await settles(kept, (top) => top > 230 * 2 + 40, 'it was dragged');
  assert.equal(await chosen.getAttribute('aria-label'), 'Step 30');

  // A finger has no pointer before it presses.
  const tap = await middle(50);
  await page.locator('.react-flow__pane').dispatchEvent('click', { clientX: tap.x, clientY: tap.y, bubbles: true });
  await page.locator('.react-flow__node.selected[aria-label="Step 50"]').waitFor();
  assert.equal(await chosen.count(), 1);

  // So is a line, which can be taken away then.
  const between = await at(3 * 290 + 269, 30);
  await page.mouse.click(between.x, between.y);
  await page.locator('.react-flow__edge.selected').waitFor({ state: 'attached' }); // A level line has no height.
  assert.equal(await chosen.count(), 0);

  // And a frame around some of them chooses all of these.
  const [from, to] = [await at(-30, -30), await at(2 * 290 + 230, 230 + 80)];
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const names = () => chosen.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')).join(', '));
  await settles(names, (now) => now === 'Step 0, Step 1, Step 2, Step 12, Step 13, Step 14', 'six are chosen');

  // The map in the corner looks elsewhere; near enough to read, all that is seen is in the document.
  await page.keyboard.press('Escape');
  const map = await boxOf(page.getByRole('img', { name: 'Overview', exact: true }));
  await page.keyboard.press('1');
  await painted.waitFor({ state: 'detached' });
  await page.mouse.click(map.x + map.width - 12, map.y + map.height - 12);
  await step('Step 119').waitFor();
}); // prettier-ignore
