import { startZerotierController } from '../fakes/zerotier-controller.ts';
import { api, governed } from './api.ts';
import type { Login, Product } from './product.ts';

const NODE = 'a1b2c3d4e5';
const TOKEN = 'controller-token-of-the-journey';

/** A controller on loopback, for `ZT_CONTROLLER_URL`. */
export async function zerotierLab() {
  const controller = await startZerotierController({ token: TOKEN });
  return {
    controller,
    node: NODE,
    environment: { ZT_CONTROLLER_URL: controller.url },
    /** A fabric on one of its networks, with a member; then somebody at the controller de-authorises it. */
    async seed(product: Product, owner: Login, approver: Login): Promise<void> {
      await api(product, owner, 'POST', '/secrets', { name: 'ZT_TOKEN', value: TOKEN });
      await api(product, owner, 'POST', '/exchange/controllers', { name: 'main', token: 'secret://ZT_TOKEN' });
      await governed(product, owner, approver, 'POST', '/exchange/controllers/main/preflight', {});
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
