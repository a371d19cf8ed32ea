import { outboundRequest } from '#kernel/outbound-http.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { controllers } from '#modules/exchange/providers/zerotier/controllers.ts';
import { Controllers, type ControllerKind } from '#modules/exchange/providers/zerotier/port.ts';
import { sshLines } from '#modules/exchange/providers/ssh/client.ts';
import { SshLines } from '#modules/exchange/providers/ssh/port.ts';
import { memberExport } from '#modules/exchange/publishing/ixf.ts';
import { listedOf } from '#modules/exchange/publishing/listed.ts';
import { PublicExchanges } from '#modules/exchange/publishing/port.ts';
import { tenantBySlug } from '#modules/tenancy/tenants.ts';
import { PeerStanding } from '#modules/exchange/joining/port.ts';
import { rightsOfPerson } from '#modules/identity/federation/asn-rights.ts';
import { fabricsOf } from '#modules/identity/local/associations.ts';
import { TokenSealing } from '#modules/exchange/controllers/talk.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { exceptionsOf } from '#modules/workflows/egress/store.ts';
import type { Parts } from './core.ts';
import type { Around } from './wired.ts';

export interface ExchangeOptions {
  provider: ControllerKind;
  controllerUrl?: string | undefined;
}

/** Whoever runs the installation named it: it may be this machine. */
const OWN = { exceptions: [], allowPrivateTargets: true } as const;

/** Networks and fabrics of a person, as module identity knows them. */
const peerStanding = ({ databases, now }: Pick<Parts, 'databases' | 'now'>): PeerStanding => ({
  of: (tenantId, userId) =>
    databases.platform('networks that a person speaks for', async (db) => {
      const rights = await rightsOfPerson(db, userId, now());
      return {
        rights: rights.map(({ asn, source, state, netName, verifiedAt }) => ({ asn, source, state, name: netName, verifiedAt })),
        fabrics: await fabricsOf(db, { tenantId, userId }),
      };
    }),
});

/** Tenants that are open show what they have published; of one that is suspended or gone nothing is shown. */
const SHOWN = ['active', 'trialing', 'past_due', 'read_only'];

const publicExchanges = ({ databases, now }: Pick<Parts, 'databases' | 'now'>): PublicExchanges => ({
  async members(slug) {
    const tenant = await databases.platform('the exchange of a tenant, for the world', (db) => tenantBySlug(db, slug));
    if (!tenant || !SHOWN.includes(tenant.status)) return undefined;
    const listed = await databases.tenant({ tenantId: tenant.id, operation: 'exchange.members.export', readOnly: true }, (db) =>
      listedOf({ db, tenantId: tenant.id }),
    );
    return listed.fabrics.length === 0 ? undefined : memberExport(listed, now());
  },
});

/** Controllers and route servers by the guarded way out of their tenant; the installation's own one is named by whoever runs it. */
export function exchangeAdapters({ databases, sealer, now }: Parts, around: Around, { provider: kind, controllerUrl }: ExchangeOptions = { provider: 'self_hosted_controller' }): readonly (readonly [Port<unknown>, unknown])[] {
  const exceptions = (tenantId: string) => () => databases.tenant({ tenantId, operation: 'egress to controllers', readOnly: true }, (db) => exceptionsOf(db, tenantId));
  const port = controllers({
    kind,
    ownUrl: controllerUrl,
    send: (tenantId, own) => (request) =>
      own ? outboundRequest(request, OWN) : providerOf(around.adapters())(Egress).request({ tenantId, exceptions: exceptions(tenantId) }, request),
  });
  const lines = sshLines((tenantId) => (to) => providerOf(around.adapters())(Egress).ssh({ tenantId, exceptions: exceptions(tenantId) }, to));
  return [
    provide(Controllers, port),
    provide(TokenSealing, sealer),
    provide(SshLines, lines),
    provide(PeerStanding, peerStanding({ databases, now })),
    provide(PublicExchanges, publicExchanges({ databases, now })),
  ];
} // prettier-ignore
