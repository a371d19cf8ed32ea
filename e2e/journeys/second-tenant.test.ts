import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { api, governed } from '../lib/api.ts';
import { byHand, chromiumIsThere, isAccessible, openBrowser, openWindow, signIn } from '../lib/browser.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

/** Names that only the first tenant has; none of them may reach a window of the second. */
const SECRETS = /acme|olivia owens|dana novak|web-1|canary/i;
/** Works in both, under one address. */
const IN_BOTH = /priya@acme\.example/gi;

interface Route {
  method: string;
  /** As the product describes it: `/servers/{id}`. */
  path: string;
}

let product: Product;
let browser: Browser;
let page: Page;
let routes: Route[];
let owner: Login;
/** All that its pages were answered, with the address. */
const answers: string[] = [];
let faults: string[] = [];

before(async () => {
  if (skip) return;
  product = await startProduct();
  owner = product.as('owner');
  const described = await fetch(`${product.url}/api/v1/openapi.json`).then((answer) => answer.json() as Promise<{ paths: Record<string, object> }>);
  routes = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/^\/api\/v1/, '') })),
  );
  const approver = product.as('admin');
  await governed(product, owner, approver, 'POST', '/roles', {
    key: 'canary_role',
    name: 'Canary role',
    description: 'canary',
    level: 80,
    maxRisk: 'read',
    patterns: ['servers:read'],
  });
  await governed(product, owner, approver, 'POST', '/groups', { name: 'Canary group' });
  browser = await openBrowser();
  const opened = await openWindow(browser);
  page = opened.page;
  faults = opened.faults;
  page.on('response', (response) => {
    if (response.url().includes('/api/v1/') && !/\/(events|manifest|openapi\.json)$/.test(response.url()))
      void response.text().then((text) => answers.push(`${response.url()} ${text}`), () => undefined); // prettier-ignore
  });
  await signIn(
    page,
    product,
    product.logins().find(({ tenant }) => tenant === 'globex')!,
  );
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults, [], 'errors in the window');
});

const lists = new Map<string, string | undefined>();
/** The id of something of the first tenant in a list of its own, if there is such a list with something in it. */
async function firstOf(list: string): Promise<string | undefined> {
  if (!lists.has(list)) {
    const { status, body } = await api(product, owner, 'GET', list);
    // What comes with the product is everybody's.
    const items = (status === 200 ? (body.items ?? []) : []) as { id?: string; shipped?: boolean }[];
    lists.set(list, items.find(({ id, shipped }) => id && !shipped)?.id);
  }
  return lists.get(list);
}
/** A route with ids of the first tenant in the place of its parameters; undefined when nothing is there to try it with. */
async function aimed(path: string): Promise<string | undefined> {
  let done = '';
  for (const part of path.split('/').slice(1)) {
    if (!part.startsWith('{')) {
      done += `/${part}`;
      continue;
    }
    const id = done === '/tenants' ? JSON.parse(JSON.stringify((await api(product, owner, 'GET', '/me')).body.tenant.id)) : await firstOf(done);
    if (id === undefined) return undefined;
    done += `/${id}`;
  }
  return done;
}
/** Security rules are named alike in every tenant, and each tenant sets its own; templates of services are nobody's. */
const isOthers = ({ path }: Route): boolean =>
  path.includes('{') && !/^\/(auth|public|users\/me|problems|security-rules|secret-templates)(\/|$)/.test(path);
/** A list about somebody who is not here is empty, as it is about somebody who never was. */
const isEmptyList = (body: string): boolean => /"(?:items|days)":\[\]/.test(body);

void test(
  'platform 77: every route that takes an id answers a second tenant as if the thing of the first did not exist',
  { skip, timeout: 300_000 },
  async () => {
    const found: string[] = [];
    let tried = 0;
    for (const { method, path } of routes.filter(isOthers)) {
      const target = await aimed(path);
      if (!target) continue;
      tried += 1;
      const { status, body, headers } = await byHand(page, method, target, method === 'GET' || method === 'DELETE' ? undefined : {});
      const expected = method === 'GET' ? [400, 404, 422] : [400, 403, 404, 409, 422];
      const leaks = SECRETS.exec(body.replaceAll(target, '').replaceAll(IN_BOTH, '')) ?? SECRETS.exec(headers);
      if (!expected.includes(status) && !(status === 200 && isEmptyList(body))) found.push(`${method} ${path} answered ${status}`);
      if (leaks) found.push(`${method} ${path} says ${leaks[0]}: ${body.slice(0, 300)}`);
    }
    assert.deepEqual(found, []);
    assert.ok(tried > 60, `only ${tried} routes were tried`);
  },
);

void test('a session of the second tenant is not let into the first, by no way of naming it', { skip, timeout: 60_000 }, async () => {
  const { id } = (await api(product, owner, 'GET', '/me')).body.tenant;
  const switched = await byHand(page, 'POST', '/auth/switch-tenant', { tenantId: id });
  assert.ok([403, 404].includes(switched.status), switched.body);
  const named = await page.evaluate(() =>
    fetch('/api/v1/servers', { headers: { 'X-Switchyard-Tenant': 'acme' } }).then(async (answer) => [answer.status, await answer.text()] as const),
  );
  assert.notEqual(named[0], 200, named[1]);
  assert.doesNotMatch(named[1], /web-1/);
  assert.equal(JSON.parse((await byHand(page, 'GET', '/me')).body).tenant.slug, 'globex');
});

const LISTS = [
  '/',
  '/changes',
  '/infrastructure/servers',
  '/infrastructure/dns',
  '/audit',
  '/settings/cloud-providers',
  '/settings/team',
  '/settings/roles',
  '/settings/api-keys',
];
/** What a page says once nothing is loading any more. */
async function settled(path: string): Promise<string> {
  await page.goto(product.url + path);
  const main = page.getByRole('main');
  await main.waitFor();
  await page.waitForFunction(() => {
    const shown = document.querySelector('main');
    return shown?.textContent && !shown.textContent.endsWith('Loading') && !document.querySelector('[aria-busy="true"]');
  });
  return (await main.textContent())!.replaceAll(IN_BOTH, '');
}

void test('platform 83: deep links to pages of the first tenant show the second nothing of them', { skip, timeout: 180_000 }, async () => {
  const change = (await api(product, owner, 'GET', '/changes?limit=1')).body.items[0];
  const role = (await api(product, owner, 'GET', '/roles?limit=200')).body.items.find(({ key }: { key: string }) => key === 'canary_role');
  const deep = [
    `/infrastructure/servers/${await firstOf('/servers')}`,
    `/infrastructure/dns/${await firstOf('/dns/zones')}`,
    `/changes/${change.id}`,
    `/changes/${change.number}`,
    `/settings/roles/${role.id}`,
  ];
  answers.length = 0;
  for (const path of deep) {
    const shown = await settled(path);
    assert.match(shown, /not-found|not found|There is no|no such/i, `${path} shows: ${shown}`);
    assert.doesNotMatch(shown.replaceAll(path, ''), SECRETS, path);
    await isAccessible(page);
  }
  for (const path of LISTS) assert.doesNotMatch(await settled(path), SECRETS, path);
  assert.ok(answers.length > 20, `only ${answers.length} answers were seen`);
  assert.deepEqual(
    answers.filter((text) => SECRETS.test(text.slice(text.indexOf(' ')).replaceAll(IN_BOTH, ''))),
    [],
  );
});
