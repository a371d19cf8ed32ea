import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { api, ended, governed } from '../lib/api.ts';
import { chromiumIsThere, heading, onDashboard, openBrowser, openWindow, settles, signIn } from '../lib/browser.ts';
import { pressByKey, tabOnto, typed } from '../lib/keyboard.ts';
import { lookAround, lookOnce } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { brandedByKey } from '../lib/exchange-branding.ts';
import { act, record } from '../lib/exchange-forms.ts';
import { retryOfOne } from '../lib/exchange-retry.ts';
import { hebrewFaults } from '../lib/right-to-left.ts';
import { hostKey, startRouteServer } from '../fakes/route-server.ts';
import { zerotierLab } from '../lib/zerotier.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const PASSWORD = 'umbrella gravel tuesday';
const EMAIL = 'petra@peer.example';
const NODE = 'd1d2d3d4d5';
/** Pages of those who run an exchange. */
const OF_OPERATORS = ['/exchange', '/exchange?tab=networks', '/exchange/fabrics/fra', '/exchange/fabrics/fra?tab=servers', '/exchange/route-servers/rs1-fra', '/exchange/lg', '/exchange/admin/drift', '/exchange/admin/maintenance', '/exchange/admin/branding', '/infrastructure/controllers/main', '/infrastructure/exchange-ports?whose=all']; // prettier-ignore

let product: Product;
let zerotier: Awaited<ReturnType<typeof zerotierLab>>;
let browser: Browser;
let server: Awaited<ReturnType<typeof startRouteServer>>;
let [owner, approver]: Login[] = [];
let networkId = '';
const faults: string[][] = [];

before(async () => {
  if (skip) return;
  [server, zerotier] = await Promise.all([startRouteServer(), zerotierLab()]);
  // Both are on this machine.
  product = await startProduct({ ...zerotier.environment, SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true' });
  [owner, approver] = [product.as('owner'), product.as('approver')];
  await governed(product, owner, approver, 'POST', '/exchange/fabrics', { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' }); // prettier-ignore
  await governed(product, owner, approver, 'POST', '/exchange/route-servers', { fabricId: 'fra', handle: 'rs1-fra', name: 'Route server 1', addressV6: '2001:db8:100::1', routerId: '192.0.2.1' }); // prettier-ignore
  await zerotier.add(product, owner, approver);
  ({ networkId } = (await governed(product, owner, approver, 'POST', '/exchange/networks/bind', { fabricId: 'fra', controllerId: 'main', network: '00b001' })) as { networkId: string }); // prettier-ignore
  const account = ['users', 'create', '--tenant', owner.tenant, '--username', 'petra', '--email', EMAIL, '--password', PASSWORD, '--full-name', 'Petra Peer', '--admin', '--asn', '20001']; // prettier-ignore
  await promisify(execFile)(process.execPath, [MAIN, ...account], { env: { ...process.env, SWITCHYARD_HOME: product.home } });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
  await Promise.all([server?.close(), zerotier?.close()]);
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

async function newWindow(): Promise<Page> {
  const opened = await openWindow(browser);
  faults.push(opened.faults);
  return opened.page;
}

/** A local account signs in by its name. */
async function asPetra(): Promise<Page> {
  const page = await newWindow();
  const data = { username: 'petra', password: PASSWORD, tenant: owner!.tenant, tokenType: 'cookie' };
  const answer = await page.context().request.post(`${product.url}/api/v1/identity/local/login`, { data, headers: { Origin: product.url } });
  assert.equal(answer.status(), 200, await answer.text());
  await page.goto(`${product.url}/infrastructure/exchange-ports`);
  await heading(page, 'Ports').waitFor();
  return page;
}

void test('how a route server is reached is recorded; what keeps it from being reached is said on its page', { skip, timeout: 180_000 }, async () => {
  const page = await newWindow();
  await signIn(page, product, owner!, '/exchange/route-servers/rs1-fra');
  await record(page, 'Record access', { port: server.port, hostKey: hostKey() });
  await page.getByText(`switchyard@127.0.0.1:${server.port}`).waitFor();
  // Its host key is another one: nothing is sent to it.
  await act(page, 'Check');
  await page.getByRole('region', { name: 'SSH access' }).getByRole('status').waitFor();
  await lookAround(page, 'exchange-route-server');
  await record(page, 'Change access', server);
});

void test(
  'exchange 81: member walks login → join → instructions → green ticks without a mouse; screen-reader names present',
  { skip, timeout: 240_000 },
  async () => {
    const page = await newWindow();
    await page.goto(`${product.url}/login`);
    await typed(page, page.getByLabel('Email address'), EMAIL);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await typed(page, page.getByLabel('Password', { exact: true }), PASSWORD);
    await page.keyboard.press('Enter');
    await onDashboard(page);
    await pressByKey(page, /^Ports$/);
    await heading(page, 'Ports').waitFor();
    await page.getByText('AS20001').first().waitFor();
    await pressByKey(page, /^Ask for a port on Frankfurt$/);
    const drawer = page.getByRole('dialog').last();
    await typed(page, drawer.getByLabel('Node', { exact: true }), NODE);
    await pressByKey(page, /^Preview plan$/);
    await drawer.getByRole('button', { name: 'Apply now', exact: true }).waitFor();
    await pressByKey(page, /^Apply now$/);
    await drawer.getByRole('button', { name: 'Close', exact: true }).last().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Pending', { exact: true }).waitFor();
    await lookAround(page, 'exchange-ports');

    // The member's machine joins, and waits to be let on.
    zerotier.controller.joins(networkId, NODE);
    await pressByKey(page, /^AS20001 on fra$/);
    await heading(page, 'AS20001 on fra').waitFor();
    await typed(page, page.getByLabel('What it prints'), `200 info ${NODE} 1.14.0 ONLINE`);
    await page.getByText('It is the node of this port').waitFor();
    await page.getByText('The exchange has seen your node; it is let on with the port.').waitFor();
    await page.getByText('2 of 3 steps done').waitFor();
    assert.equal(await page.getByText('protocol bgp').count(), 0);
    await page.goBack();
    await heading(page, 'Ports').waitFor();

    const desk = await newWindow();
    await signIn(desk, product, owner!, '/infrastructure/exchange-ports?whose=all');
    await desk.getByText('Petra Peer, by an operator’s word').waitFor();
    await lookAround(desk, 'exchange-ports-all');
    await act(desk, 'Approve AS20001 on fra');
    const { body } = await api(product, owner!, 'GET', '/exchange/requests');
    const { id } = (body.items as { id: string }[])[0]!;
    const there = await settles(async () => (await api(product, owner!, 'GET', `/exchange/requests/${id}`)).body as { status: string; connectionId: string }, ({ status }) => status === 'active', 'the port'); // prettier-ignore
    const connection = await api(product, owner!, 'GET', `/exchange/connections/${there.connectionId}`);
    server.knows(`sy_as20001_${connection.body.tag as string}`);

    await pressByKey(page, /^AS20001 on fra$/);
    // Beside the page there is a sheet for paper, out of sight.
    const main = page.getByRole('main');
    await main.getByText('6 of 6 steps done').waitFor();
    for (const family of ['IPv6', 'IPv4']) await page.getByRole('listitem').getByText(`rs1-fra ${family}: Done`).waitFor();
    await page.getByText('3 accepted, 4 refused.').waitFor();
    await main.getByText('2001:db8:100:0:2:1:0:1/64').waitFor();
    await main.getByText('protocol bgp rs1_fra_v6').waitFor();
    await tabOnto(page, page.getByRole('tab', { name: 'BIRD 2' }));
    for (const told of [
      'neighbor 2001:db8:100::1 remote-as 64500',
      'afi-safi-name = "ipv4-unicast"',
      'enforce neighbor-as no',
      'local.role=ebgp-rs-client',
    ]) {
      await page.keyboard.press('ArrowRight');
      await main.getByText(told).waitFor();
    }
    await lookAround(page, 'exchange-port');
  },
);

void test(
  'whoever has not signed in sees the members of an exchange that shows them, and lists for filters',
  { skip, timeout: 180_000 },
  async () => {
    const page = await newWindow();
    await page.goto(`${product.url}/exchange/${owner!.tenant}/members`);
    await page.getByText('There is no exchange here that shows its members.').waitFor();
    await governed(product, owner!, approver!, 'PATCH', '/exchange/fabrics/fra', { published: true });
    await page.reload();
    await heading(page, 'Members of Frankfurt').waitFor();
    await governed(product, owner!, approver!, 'PATCH', '/exchange/branding', { name: 'Frankfurt Exchange', shortName: 'FIX', footerText: 'Run by its members', accent: '#0b5394', accentDark: '#7fb2f0' }); // prettier-ignore
    await page.reload();
    await page.getByText('FIX', { exact: true }).waitFor();
    await page.getByText('Run by its members').waitFor();
    await page.getByRole('list', { name: 'Members of the exchange' }).getByText('AS20001').first().waitFor();
    await lookAround(page, 'exchange-members');
    await page.getByRole('link', { name: 'ASNs of the members' }).press('Enter');
    await page.getByText('AS20001').waitFor();
  },
);

void test('the exchange has a logo of its own and words at its foot, by the keyboard', { skip, timeout: 180_000 }, async () => {
  const desk = await newWindow();
  await signIn(desk, product, owner!, '/exchange');
  await brandedByKey({ desk, world: await newWindow(), members: `${product.url}/exchange/${owner!.tenant}/members` });
});

void test(
  'the looking glass shows sessions and routes of a route server, and a network what is refused of it and why',
  { skip, timeout: 180_000 },
  async () => {
    const desk = await newWindow();
    await signIn(desk, product, owner!, '/exchange');
    await desk.getByRole('link', { name: 'Looking glass' }).press('Enter');
    await heading(desk, 'Looking glass').waitFor();
    await desk.getByText('BIRD 2.0.12').waitFor();
    await desk.getByRole('link', { name: /^AS20001 connection/ }).press('Enter');
    await desk.getByRole('list', { name: 'Accepted' }).getByText('2400:200::/32').waitFor();
    await desk.getByRole('tab', { name: 'Refused' }).click();
    await desk.getByRole('list', { name: 'Refused' }).getByText('RPKI Invalid', { exact: true }).waitFor();
    await lookAround(desk, 'exchange-looking-glass');
    await desk.getByRole('searchbox', { name: 'Prefix or address' }).fill('2400::/16');
    await desk.getByRole('list', { name: 'Routes for 2400::/16' }).getByText('2400:e00::/32').waitFor();

    const page = await asPetra();
    await page.getByRole('link', { name: 'AS20001 on fra' }).click();
    const refused = page.getByRole('list', { name: 'Refused' });
    await refused.getByText('Prefix too long').waitFor();
    await refused.getByText('Announce nothing longer than /24 of IPv4 or /48 of IPv6: aggregate it.').waitFor();
  },
);

void test('whoever has not signed in looks through the looking glass of a fabric that shows it', { skip, timeout: 120_000 }, async () => {
  const page = await newWindow();
  await page.goto(`${product.url}/exchange/${owner!.tenant}/lg`);
  await page.getByText('There is no looking glass here that is shown to the world.').waitFor();
  await governed(product, owner!, approver!, 'PATCH', '/exchange/fabrics/fra', { lookingglassPublic: true });
  await page.reload();
  await heading(page, 'Looking glass of Frankfurt').waitFor();
  await page.getByRole('list', { name: 'Sessions' }).getByRole('link', { name: 'AS20001' }).press('Enter');
  await page
    .getByRole('list', { name: /^Routes of/ })
    .getByText('2400:200::/32')
    .waitFor();
  assert.equal(await page.getByText('refused').count(), 0);
  await page.getByRole('searchbox', { name: 'Prefix or address' }).fill('2400:200::/32');
  await page.getByRole('list', { name: 'Routes for 2400:200::/32' }).getByText('2400:200::/32').first().waitFor();
  await lookAround(page, 'exchange-public-glass');
});

void test(
  'a ZeroTier controller is backed up, the backup is tried, and what was deleted comes back, all by the keyboard',
  { skip, timeout: 180_000 },
  async () => {
    await governed(product, owner!, approver!, 'POST', '/exchange/fabrics', { slug: 'ber', name: 'Berlin', rsAsn: 64_500, ipv6Prefix: '2001:db8:101::/64' }); // prettier-ignore
    const bound = (await governed(product, owner!, approver!, 'POST', '/exchange/networks/bind', { fabricId: 'ber', controllerId: 'main', network: '00a001' })) as { networkId: string }; // prettier-ignore
    const page = await newWindow();
    await signIn(page, product, owner!, '/infrastructure/controllers');
    await page.getByRole('link', { name: 'main', exact: true }).press('Enter');
    await heading(page, 'main').waitFor();
    await act(page, 'Back up now');
    await page.getByText('Not tried yet').waitFor();
    await act(page, /^Drill the backup/);
    await page.getByText('Fit to be restored').waitFor();
    await lookAround(page, 'zerotier-controller');

    zerotier.controller.byHand(`/controller/network/${bound.networkId}`, {}, 'DELETE');
    await page
      .getByRole('button', { name: /^Restore the backup/ })
      .first()
      .press('Enter');
    const drawer = page.getByRole('dialog').last();
    await drawer.getByLabel('Node id of the controller').fill(bound.networkId.slice(0, 10));
    await drawer.getByRole('button', { name: 'Preview' }).press('Enter');
    await drawer.getByText('no node can join').waitFor();
    await lookOnce(page, 'zerotier-restore');
    await drawer.getByRole('button', { name: 'Ask for approval' }).press('Enter');
    const waiting = async () => ((await api(product, approver!, 'GET', '/changes?state=awaiting_approval')).body.items as { id: string; operation: string; planHash: string }[]).find(({ operation }) => operation === 'exchange.backups.restore'); // prettier-ignore
    await settles(async () => ((await waiting()) ? 'asked' : 'not yet'), (state) => state === 'asked', 'the restore'); // prettier-ignore
    const { id } = (await waiting())!;
    const { body: seen } = await api(product, approver!, 'GET', `/changes/${id}`);
    assert.equal((await api(product, approver!, 'POST', `/changes/${id}/approve`, { planHash: seen.planHash })).status, 200);
    assert.equal((await ended(product, owner!, id)).state, 'succeeded');
    assert.equal(zerotier.controller.network(bound.networkId)?.['name'], 'Berlin');
  },
);

void test('maintenance of a fabric is planned, seen with its countdown, and called off by the keyboard', { skip, timeout: 120_000 }, async () => {
  const page = await newWindow();
  await signIn(page, product, owner!, '/exchange');
  await page.getByRole('link', { name: 'Maintenance', exact: true }).press('Enter');
  await heading(page, 'Maintenance').waitFor();
  await page.getByText('No maintenance is planned').waitFor();
  await page.getByRole('button', { name: 'Plan maintenance' }).first().press('Enter');
  await page.getByRole('dialog').last().getByLabel('Reason').waitFor();
  await page.keyboard.press('Escape');
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  await governed(product, owner!, approver!, 'POST', '/exchange/maintenance', { fabricId: 'ber', kind: 'fabric_cull', startsAt: inHours(25.5), endsAt: inHours(27), reason: 'The host of the controller is replaced' }); // prettier-ignore
  await page.getByText(/^Begins in 1 d 1 h/).waitFor();
  await lookAround(page, 'exchange-maintenance');
  await act(page, 'Call off the maintenance of ber');
  await page.getByRole('tab', { name: 'Over' }).press('Enter');
  await page.getByText('Called off', { exact: true }).waitFor();
  // Whoever has a port on a fabric sees on its page what is to come.
  await governed(product, owner!, approver!, 'POST', '/exchange/maintenance', { fabricId: 'fra', kind: 'fabric_cull', startsAt: inHours(25.5), endsAt: inHours(27), reason: 'A switch is replaced' }); // prettier-ignore
  const member = await asPetra();
  await member.getByRole('link', { name: 'AS20001 on fra' }).click();
  await member.getByRole('list', { name: 'Maintenance' }).getByText('A switch is replaced').waitFor();
  await lookAround(member, 'exchange-port-maintenance');
});

void test('exchange 85: admin sees per-server state and last error on the request page and can retry one server there', { skip, timeout: 180_000 }, async () => {
  const desk = await newWindow();
  await signIn(desk, product, owner!);
  await retryOfOne({ product, owner: owner!, approver: approver!, member: await asPetra(), desk });
}); // prettier-ignore

void test('exchange 82: each page in `he`: `dir=rtl`, identifiers left-to-right, nothing overlaps at 640 and 1280 px', { skip, timeout: 180_000 }, async () => {
  const [{ body }, page] = [await api(product, owner!, 'GET', '/exchange/requests'), await newWindow()];
  await signIn(page, product, owner!);
  const found = await hebrewFaults(page, /Olivia/, OF_OPERATORS);
  const ports = ['', ...(body.items as { id: string }[]).map(({ id }) => `/${id}`)].map((path) => `/infrastructure/exchange-ports${path}`);
  assert.deepEqual([...found, ...(await hebrewFaults(await asPetra(), /Petra/, ports))], []);
}); // prettier-ignore
