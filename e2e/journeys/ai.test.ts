import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { startModels, type Models } from '../fakes/models.ts';
import { api, governed } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, openBrowser, openWindow, settles, signIn } from '../lib/browser.ts';
import { lookOnce, picture } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { pick } from '../lib/review.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
const KEY = 'sk-journey-8f2c41d07b';

let product: Product;
let models: Models;
let browser: Browser;
let page: Page;
let owner: Login;
let faults: string[] = [];

before(async () => {
  if (skip) return;
  models = await startModels();
  models.key = KEY;
  product = await startProduct({ SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true' });
  owner = product.as('owner');
  await governed(product, owner, product.as('approver'), 'POST', '/secrets', { name: 'LLM_KEY', scope: 'workspace', value: KEY });
  browser = await openBrowser();
  const window = await openWindow(browser);
  ({ page, faults } = window);
  await signIn(page, product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  await models?.close();
  assert.deepEqual(faults, [], 'errors in the window');
});

const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
const go = async (path: string, title: string): Promise<void> => {
  await page.goto(product.url + path);
  await heading(page, title).waitFor();
};
/** Presses the act of a dialog, which can be pressed once the plan of what was typed is there, and waits until the dialog is gone. */
async function carryOut(open: Locator, action: string): Promise<void> {
  await open.getByRole('button', { name: action, exact: true }).click();
  await open.waitFor({ state: 'hidden' });
}
const choose = async (field: Locator, option: string | RegExp): Promise<void> => {
  await field.click();
  await page.getByRole('option', { name: option }).click();
};

void test('a provider is added with a secret for its key, and its check says whether it answers', { skip, timeout: 60_000 }, async () => {
  await go('/settings/ai', 'AI models');
  await page.getByText('No provider yet').waitFor();
  await page.getByText('No model can be asked yet').waitFor();
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const form = dialog('Add provider');
  await form.getByRole('radio', { name: 'Compatible server' }).click();
  await form.getByLabel('Shown as').fill('Our GPU server');
  await form.getByLabel('Name', { exact: true }).fill('gpu');
  await form.getByLabel('Address', { exact: true }).fill('gpu.internal');
  await form.getByText('A whole address that begins with').waitFor();
  await form.getByLabel('Address', { exact: true }).fill(models.url);
  await pick(form, 'Key', 'LLM_KEY');
  await form.getByRole('heading', { name: 'Plan', exact: true }).waitFor();
  await isAccessible(page);
  await picture(page, 'ai-provider-new');
  await carryOut(form, 'Add provider');
  const card = page.getByRole('region', { name: 'Our GPU server' });
  await card.getByText('secret://LLM_KEY').waitFor();
  models.key = 'another';
  await card.getByRole('button', { name: 'Check' }).click();
  await card.getByText('It does not answer as it should').waitFor();
  models.key = KEY;
  await card.getByRole('button', { name: 'Check' }).click();
  await card.getByText(/It answers: 2 models/).waitFor();
  await lookOnce(page, 'ai-providers');
  assert.equal((await page.content()).includes(KEY), false, 'the key is nowhere in the page');
});

void test('a model is added with its price, chosen, and asked; what that cost is in the usage', { skip, timeout: 60_000 }, async () => {
  await tab('Models');
  await page.getByRole('main').getByRole('button', { name: 'Add model' }).click();
  const form = dialog('Add model');
  await form.getByLabel('Name at the provider').fill('small');
  await form.getByLabel('$ per 1M in').fill('2.5');
  await form.getByText('Say both prices, or neither.').first().waitFor();
  await form.getByLabel('$ per 1M out').fill('10');
  await carryOut(form, 'Add model');
  await page.getByText('Choose the model that texts are written with').waitFor();
  await page.getByRole('region', { name: 'Models by purpose' }).getByRole('button', { name: 'Choose models' }).click();
  const defaults = dialog('Choose models');
  await choose(defaults.getByLabel('Texts'), /gpu\/small/);
  await carryOut(defaults, 'Save');
  await page.getByText('Choose the model that texts are written with').waitFor({ state: 'hidden' });
  await picture(page, 'ai-models');

  models.script.push({ text: 'A community is a tag on a route.', usage: { in: 1_200, out: 300 } });
  await page.getByLabel('Search models').fill('gpu/small');
  await page.getByRole('table', { name: 'Models' }).getByRole('row').filter({ hasText: 'gpu/small' }).click();
  const drawer = page.getByRole('dialog', { name: 'small' });
  await drawer.getByLabel('Question').fill('What is a BGP community?');
  await drawer.getByRole('button', { name: 'Ask', exact: true }).click();
  await drawer.getByText('A community is a tag on a route.').waitFor();
  await drawer.getByText('1,500 tokens, $0.006').waitFor();
  await picture(page, 'ai-model');
  await page.keyboard.press('Escape');
  await tab('Usage');
  const byModel = page.getByRole('region', { name: 'By model' }).last();
  await byModel.getByRole('row').filter({ hasText: 'gpu/small' }).filter({ hasText: '1,200' }).waitFor();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await lookOnce(page, 'ai-usage');
});

void test('a budget shows what is used of it, and a question beyond it is refused with what to do', { skip, timeout: 60_000 }, async () => {
  await tab('Budgets');
  await page.getByRole('button', { name: 'Set budgets' }).click();
  const form = dialog('Set budgets');
  await form.getByRole('group', { name: 'Whole organisation, a day' }).getByLabel('Tokens').fill('1600');
  await carryOut(form, 'Save');
  const day = page.getByRole('region', { name: 'Whole organisation' }).filter({ hasText: '1,500 of 1,600' });
  await day.waitFor();
  await picture(page, 'ai-budgets');
  await tab('Models');
  await page.getByLabel('Search models').fill('gpu/small');
  await page.getByRole('table', { name: 'Models' }).getByRole('row').filter({ hasText: 'gpu/small' }).click();
  const drawer = page.getByRole('dialog', { name: 'small' });
  await drawer.getByLabel('Question').fill('And a second question?');
  await drawer.getByRole('button', { name: 'Ask', exact: true }).click();
  await drawer.getByText('ai-budget-exceeded').waitFor();
  await page.keyboard.press('Escape');
});

void test('what rules forbid cannot be used, and says so', { skip, timeout: 60_000 }, async () => {
  await tab('Rules');
  await page.getByRole('button', { name: 'Change rules' }).click();
  const form = dialog('Change rules');
  await form.getByRole('checkbox', { name: 'Compatible server' }).click();
  await carryOut(form, 'Save');
  await page.getByRole('region', { name: 'What is forbidden' }).getByText('Compatible server').waitFor();
  await picture(page, 'ai-rules');
  await tab('Models');
  await page.getByLabel('Search models').fill('gpu/small');
  const row = page.getByRole('table', { name: 'Models' }).getByRole('row').filter({ hasText: 'gpu/small' });
  await row.filter({ hasText: 'Rules forbid providers of the kind Compatible server.' }).waitFor();
});

void test('something is kept in memory, written anew with the former version kept, linked, and found by a filter', { skip, timeout: 60_000 }, async () => {
  await go('/memory', 'Memory');
  await page.getByText('Nothing is kept yet').waitFor();
  for (const [key, content] of [['edge-fra-1/contacts', 'Call the night desk first.'], ['edge-fra-1/maintenance', 'Reloads at night only.']] as const) {
    await page.getByRole('button', { name: 'Keep something' }).first().click();
    const form = dialog('Keep something');
    await form.getByLabel('Key').fill(key);
    await form.getByLabel('Content').fill(content);
    await form.getByLabel('Tags').fill('edge, night');
    if (key.endsWith('contacts')) await isAccessible(page);
    await carryOut(form, 'Keep');
    await page.getByRole('link', { name: key }).first().waitFor();
  }
  await picture(page, 'memory');
  await page.getByRole('link', { name: 'edge-fra-1/maintenance' }).first().click();
  await heading(page, 'edge-fra-1/maintenance').waitFor();
  await page.getByRole('button', { name: 'New version' }).click();
  const version = dialog('New version of edge-fra-1/maintenance');
  await version.getByLabel('Content').fill('Reloads from 02:00 to 04:00 only.');
  await version.getByLabel('Note').fill('Window agreed with the customer');
  await carryOut(version, 'Keep new version');
  await page.getByText('Reloads from 02:00 to 04:00 only.').waitFor();
  await page.getByRole('button', { name: 'Add link' }).click();
  const link = dialog('Link edge-fra-1/maintenance');
  await link.getByLabel('Leads to').fill('edge-fra-1/contacts');
  await carryOut(link, 'Add link');
  await page.getByRole('link', { name: 'edge-fra-1/contacts' }).waitFor();
  await lookOnce(page, 'memory-one');
  await tab('Versions');
  await page.getByText('Window agreed with the customer').waitFor();
  await page.getByText('Reloads at night only.').waitFor();
  await picture(page, 'memory-versions');
  await go('/memory?tag=night&q=contacts', 'Memory');
  await page.getByRole('link', { name: 'edge-fra-1/contacts' }).first().waitFor();
  await page.getByRole('link', { name: 'edge-fra-1/maintenance' }).first().waitFor({ state: 'hidden' });
  // No key has the word, a content has.
  await go('/memory?q=desk', 'Memory');
  await page.getByRole('region', { name: 'Found in what they say' }).getByRole('link', { name: 'edge-fra-1/contacts' }).waitFor();
  await lookOnce(page, 'memory-search');
}); // prettier-ignore

const RUNBOOK =
  '# Edge routers\n\nAn edge router is reloaded at night only. Drain its sessions first.\n\n## Contacts\n\nThe night desk answers within minutes.\n';

void test('documents are uploaded and read, and a question is answered with quotes from them', { skip, timeout: 60_000 }, async () => {
  await go('/knowledge', 'Knowledge');
  await page.getByText('No collections yet').waitFor();
  await page.getByRole('button', { name: 'New collection' }).first().click();
  const form = dialog('New collection');
  await form.getByLabel('Name', { exact: true }).fill('Runbooks');
  await isAccessible(page);
  await carryOut(form, 'Create collection');
  await heading(page, 'Runbooks').waitFor();
  await page.getByText('No documents yet').waitFor();
  const file = (name: string, mimeType: string, text: string) => ({ name, mimeType, buffer: Buffer.from(text) });
  await page.locator('input[type=file]').setInputFiles([file('edge.md', 'text/markdown', RUNBOOK), file('scan.pdf', 'application/pdf', '%PDF-1.7')]);
  const files = page.getByRole('list', { name: 'Files on their way' });
  await files.getByText('PDF is not read.').waitFor();
  await files.getByRole('listitem').filter({ hasText: 'edge.md' }).getByText('Uploaded').waitFor();
  await page.getByRole('table', { name: 'Documents' }).getByRole('row').filter({ hasText: 'Edge routers' }).filter({ hasText: 'Ready' }).waitFor();
  await picture(page, 'knowledge-collection');
  await tab('Try a search');
  await page.getByLabel('Question').fill('when are routers reloaded');
  await page.keyboard.press('Enter');
  const found = page.getByRole('list', { name: 'Passages found' });
  await found.getByText('An edge router is').first().waitFor();
  await page.getByText('Searched by words alone').waitFor();
  await lookOnce(page, 'knowledge-try');
  await found.getByRole('button', { name: 'Edge routers' }).first().click();
  await dialog('Edge routers').getByText('Passage 1').waitFor();
  await picture(page, 'knowledge-document');
  await dialog('Edge routers').getByRole('button', { name: 'Edit' }).click();
  const edit = dialog('Edit Edge routers');
  await edit.getByLabel('Source').fill('https://wiki.example.net/edge');
  await lookOnce(page, 'knowledge-document-edit');
  await carryOut(edit, 'Save');
  await dialog('Edge routers').getByRole('link', { name: 'https://wiki.example.net/edge' }).waitFor();
}); // prettier-ignore

void test('whoever may not change any of it reads it, and is told what is missing', { skip, timeout: 60_000 }, async () => {
  const window = await openWindow(browser);
  await signIn(window.page, product, product.as('viewer'));
  const refused = await api(product, product.as('viewer'), 'POST', '/ai/providers', { kind: 'mock', name: 'mine' });
  assert.equal(refused.status, 403, JSON.stringify(refused.body));
  await window.page.goto(`${product.url}/settings/ai`);
  const title = heading(window.page, 'AI models');
  await settles(() => title.or(window.page.getByText('permission-denied')).first().isVisible(), Boolean, 'neither the page nor a refusal');
  assert.deepEqual(window.faults, []);
  await window.context.close();
});
