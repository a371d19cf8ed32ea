import { outboundRequest } from '#kernel/outbound-http.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { controllers } from '#modules/exchange/providers/zerotier/controllers.ts';
import { Controllers, type ControllerKind } from '#modules/exchange/providers/zerotier/port.ts';
import { sshLines } from '#modules/exchange/providers/ssh/client.ts';
import { SshLines } from '#modules/exchange/providers/ssh/port.ts';
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

/** Controllers and route servers by the guarded way out of their tenant; the installation's own one is named by whoever runs it. */
export function exchangeAdapters({ databases, sealer }: Parts, around: Around, { provider: kind, controllerUrl }: ExchangeOptions = { provider: 'self_hosted_controller' }): readonly (readonly [Port<unknown>, unknown])[] {
  const exceptions = (tenantId: string) => () => databases.tenant({ tenantId, operation: 'egress to controllers', readOnly: true }, (db) => exceptionsOf(db, tenantId));
  const port = controllers({
    kind,
    ownUrl: controllerUrl,
    send: (tenantId, own) => (request) =>
      own ? outboundRequest(request, OWN) : providerOf(around.adapters())(Egress).request({ tenantId, exceptions: exceptions(tenantId) }, request),
  });
  const lines = sshLines((tenantId) => (to) => providerOf(around.adapters())(Egress).ssh({ tenantId, exceptions: exceptions(tenantId) }, to));
  return [provide(Controllers, port), provide(TokenSealing, sealer), provide(SshLines, lines)];
} // prettier-ignore
