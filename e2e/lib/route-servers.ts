import { startRouteServer } from '../fakes/route-server.ts';
import { api, governed } from './api.ts';
import type { Login, Product } from './product.ts';

/** Whatever is to be applied to a route server, another person agrees to. */
async function agree(product: Product, owner: Login, approver: Login): Promise<void> {
  const { items } = (await api(product, owner, 'GET', '/changes?state=awaiting_approval')).body as { items: { id: string; operation: string }[] };
  for (const { id } of items.filter(({ operation }) => operation === 'exchange.routeServers.converge')) {
    const { body: seen } = await api(product, approver, 'GET', `/changes/${id}`);
    await api(product, approver, 'POST', `/changes/${id}/approve`, { planHash: seen.planHash });
  }
}

/** A fabric with two route servers on this machine, to which changes of members are applied one after the other. */
export async function fabricOfTwo(product: Product, owner: Login, approver: Login) {
  const [first, second] = await Promise.all([startRouteServer(), startRouteServer()]);
  const say = (path: string, body: object) => governed(product, owner, approver, 'POST', path, body);
  /** Looks until it is as it should be, and sees to it that nothing waits for somebody. Two servers are loaded and looked at one after the other. */
  async function until<T>(read: () => Promise<T>, good: (value: T) => boolean, what: string): Promise<void> {
    for (const end = Date.now() + 100_000; ;) {
      await agree(product, owner, approver);
      const value = await read();
      if (good(value)) return;
      if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(value)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const close = async (): Promise<void> => void (await Promise.all([first.close(), second.close()]));
  const status = async (): Promise<{ port: string | undefined; servers: string[] }> => {
    const { items } = (await api(product, owner, 'GET', '/exchange/requests')).body as { items: { fabric: string; status: string }[] };
    const sync = (await api(product, owner, 'GET', '/exchange/sync')).body as { items: { routeServer: string; state: string; problemCode: string | null }[] };
    const servers = sync.items.map(({ routeServer, state, problemCode }) => `${routeServer} ${state} ${problemCode ?? ''}`);
    return { port: items.find(({ fabric }) => fabric === 'muc')?.status, servers };
  }; // prettier-ignore
  try {
    await say('/exchange/fabrics', { slug: 'muc', name: 'Munich', rsAsn: 64_500, ipv6Prefix: '2001:db8:102::/64', rpkiMode: 'monitor' });
    for (const [at, { port, hostKey }] of [first, second].entries()) {
      const handle = `rs${at + 1}-muc`;
      await say('/exchange/route-servers', { fabricId: 'muc', handle, name: `Route server ${at + 1}`, addressV6: `2001:db8:102::${at + 1}`, routerId: `192.0.2.${at + 11}` }); // prettier-ignore
      await say(`/exchange/route-servers/${handle}/connect`, { host: '127.0.0.1', port, hostKey });
      await say(`/exchange/route-servers/${handle}/follow`, { follow: true, order: at + 1 });
    }
    // They have what there is of members so far: nobody.
    for (const server of [first, second]) await until(async () => server.loaded(), (number) => number > 0, 'what is applied first'); // prettier-ignore
  } catch (error) {
    await close();
    throw error;
  }
  return {
    first,
    second,
    /** How the one request on it stands. */
    becomes: (wanted: string) => until(status, ({ port }) => port === wanted, `the port on Munich ${wanted}`),
    close,
  };
}
