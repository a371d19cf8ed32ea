import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startZerotierController } from '../fakes/zerotier-controller.ts';
import { api, governed } from './api.ts';
import type { Login, Product } from './product.ts';

const NODE = 'a1b2c3d4e5';
const TOKEN = 'controller-token-of-the-journey';

const POWER = fileURLToPath(new URL('../fakes/zerotier-power.ts', import.meta.url));

/** A switch that other processes can turn: `POST /stop` and `POST /start`. */
async function switchOf(controller: { start: () => Promise<void>; stop: () => Promise<void> }) {
  const server = createServer((request, response) => {
    const act = request.url === '/stop' ? controller.stop : controller.start;
    void act().then(() => response.writeHead(204).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const command = (what: 'stop' | 'start'): string =>
    `${process.execPath} ${POWER} http://127.0.0.1:${(server.address() as AddressInfo).port}/${what}`;
  return { command, close: () => server.close() };
}

/** A controller on loopback with files of its own, for `ZT_CONTROLLER_URL` and the settings beside it. */
export async function zerotierLab() {
  const stateDir = await mkdtemp(join(tmpdir(), 'zerotier-'));
  const controller = await startZerotierController({ token: TOKEN, stateDir });
  const { command, close } = await switchOf(controller);
  return {
    controller,
    node: NODE,
    environment: { ZT_CONTROLLER_URL: controller.url, ZT_STATE_DIR: stateDir, ZT_STOP_COMMAND: command('stop'), ZT_START_COMMAND: command('start') },
    async close(): Promise<void> {
      close();
      await controller.close();
      await rm(stateDir, { recursive: true, force: true });
    },
    /** The controller, known to the tenant and ready. */
    async add(product: Product, owner: Login, approver: Login): Promise<void> {
      await api(product, owner, 'POST', '/secrets', { name: 'ZT_TOKEN', value: TOKEN });
      await api(product, owner, 'POST', '/exchange/controllers', { name: 'main', token: 'secret://ZT_TOKEN' });
      await governed(product, owner, approver, 'POST', '/exchange/controllers/main/preflight', {});
    },
    /** A fabric on one of its networks, with a member; then somebody at the controller de-authorises it. */
    async seed(product: Product, owner: Login, approver: Login): Promise<void> {
      await this.add(product, owner, approver);
      await governed(product, owner, approver, 'POST', '/exchange/fabrics', { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' }); // prettier-ignore
      await governed(product, owner, approver, 'POST', '/exchange/networks/bind', { fabricId: 'fra', controllerId: 'main', network: '00a001' });
      await api(product, owner, 'POST', '/exchange/participants', { asn: 64_512, name: 'Example Networks' });
      const { body } = await api(product, owner, 'POST', '/exchange/connections', { fabricId: 'fra', participantId: '64512' });
      await governed(product, owner, approver, 'POST', '/exchange/members/authorize', { connectionId: body.id as string, nodeId: NODE });
      controller.byHand(`/controller/network/8056c2e21c00a001/member/${NODE}`, { authorized: false });
      await governed(product, owner, approver, 'POST', '/exchange/controllers/main/preflight', {});
    },
  };
}
