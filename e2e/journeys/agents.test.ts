import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startAgent, type Agent } from '../lib/agent.ts';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, openBrowser, openWindow, press, settles, signIn } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, freePort, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let site: string;
let browser: Browser;
let agent: Agent;
let dana: Login;
const faults: string[][] = [];

before(async () => {
  if (skip) return;
  const port = await freePort();
  site = `http://127.0.0.1:${port}`;
  product = await startProduct({ PORT: String(port), SWITCHYARD_PUBLIC_URL: site, SWITCHYARD_OAUTH_REGISTRATION: 'open' });
  dana = product.as('developer');
  browser = await openBrowser();
  agent = await startAgent('Journey agent', `${site}/mcp/acme`);
});
after(async () => {
  await browser?.close();
  await agent?.close();
  await product?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

async function newWindow(): Promise<Page> {
  const { page, faults: seen } = await openWindow(browser);
  faults.push(seen);
  return page;
}

/** High risk: a plan, then a Change that waits until somebody else decides it in the web; answers how it ended. */
async function deleteOne(person: Page, approver: Page): Promise<{ id: string; state: string }> {
  const { items } = await agent.call('servers_list');
  let chosen: { id: string } | undefined;
  for (const server of items as { id: string }[]) {
    // Some are protected, or have a Change under way.
    const planned = await agent.call('servers_delete', { id: server.id });
    if (planned.status === 'planned') chosen = server;
    if (chosen) break;
  }
  const waiting = await agent.call('servers_delete', { id: chosen!.id, dryRun: false, comment: 'Replaced by web-2' });
  const id = waiting.changeId as string;
  assert.deepEqual([waiting.state, waiting.approvalUrl], ['awaiting_approval', `${site}/changes/${id}`]);

  // The person behind the agent is not offered the decision; the approver decides in the web.
  await person.goto(waiting.approvalUrl);
  await heading(person, /./).waitFor();
  const own = await api(product, dana, 'POST', `/changes/${id}/approve`, {});
  assert.equal(own.status, 403);
  await approver.goto(waiting.approvalUrl);
  await approver.getByText('Dana Novak via Journey agent').first().waitFor();
  await approver.keyboard.press('a');
  const dialog = approver.getByRole('dialog').or(approver.getByRole('alertdialog'));
  await dialog.getByRole('button', { name: /^Approve/ }).click();
  await dialog.waitFor({ state: 'hidden' });

  const { state } = await settles(
    () => agent.call('changes_get', { id }),
    (seen) => seen.endedAt !== null,
    'the Change did not end',
  );
  return { id, state: state as string };
}

void test(
  'an agent is let in by its person, asks, waits for somebody else, reads the end, and is let out again',
  { skip, timeout: 240_000 },
  async () => {
    const opened = await agent.begin();
    const person = await newWindow();

    // Not signed in: first that, then the question.
    await person.goto(opened);
    await person.getByLabel('Email address').waitFor();
    assert.match(person.url(), /\/login/);
    await person.getByLabel('Email address').fill(dana.email);
    await press(person, 'Continue');
    await person.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await person.getByLabel('Password', { exact: true }).fill(dana.password);
    await press(person, 'Sign in');
    await heading(person, 'Connect Journey agent?').waitFor();
    await person.getByText('Its answers go to a program on this computer').waitFor();
    await person.getByText('Nobody has checked that it is what its name says').waitFor();
    await person.getByText('Acme Networks').waitFor();
    // What was asked for is what is chosen.
    await person.getByRole('radio', { name: /Look only/, checked: true }).waitFor();
    await lookAround(person, 'agent-consent');
    await person.getByRole('radio', { name: 'Everything that you may do' }).click();
    await press(person, 'Allow');
    await heading(person, 'Back in the program').waitFor();

    const answer = await agent.finish();
    assert.deepEqual([answer.get('iss'), answer.get('state')], [site, 'of-this-journey']);
    const tools = await agent.tools();
    assert.ok(tools.includes('servers_delete') && tools.includes('operations_search'));
    assert.deepEqual(
      tools.filter((name) => /approve|reject/.test(name)),
      [],
    );

    const approver = await newWindow();
    await signIn(approver, { url: site }, product.as('approver'));
    let { id, state } = await deleteOne(person, approver);
    // The inventory may have moved between plan and approval: then the agent asks anew, as it is told to.
    for (let again = 2; state === 'stale' && again > 0; again -= 1) ({ id, state } = await deleteOne(person, approver));
    assert.equal(state, 'succeeded', id);

    // Its person sees it, and ends it.
    await person.goto(`${site}/settings/agents`);
    await heading(person, 'Agents').waitFor();
    await person.getByRole('row').filter({ hasText: 'Journey agent' }).waitFor();
    await lookAround(person, 'agents');
    await person.getByRole('button', { name: 'End access of Journey agent' }).first().click();
    await person.getByRole('dialog').or(person.getByRole('alertdialog')).getByRole('button', { name: 'End access' }).click();
    await person.getByText('No agent is connected').waitFor();
    const refused = await fetch(`${site}/mcp/acme`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${agent.token()}` },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    });
    assert.equal(refused.status, 401);
    assert.match(refused.headers.get('www-authenticate') ?? '', /resource_metadata=/);
  },
);

void test('who says no sends the program away with nothing, and a request from nobody known goes nowhere', { skip, timeout: 120_000 }, async () => {
  const other = await startAgent('Other agent', `${site}/mcp/acme`);
  const person = await newWindow();
  await signIn(person, { url: site }, dana);
  await person.goto(await other.begin());
  await heading(person, 'Connect Other agent?').waitFor();
  await press(person, 'Do not allow');
  await heading(person, 'Back in the program').waitFor();
  await assert.rejects(other.finish());
  await person.goto(`${site}/oauth/authorize?client_id=nobody&redirect_uri=https://evil.example/`);
  await heading(person, 'This program cannot be connected').waitFor();
  await lookAround(person, 'agent-refused');
  assert.ok(person.url().startsWith(site));
  await other.close();
});
