import { t } from '#lib/i18n.ts';
import type { Instructions } from './api.ts';
import { communityText } from './communities.ts';

/** All that stands on the page, for paper: whoever sets a router up may sit where no page is. */
export function sheetOf(name: string, told: Instructions): string {
  const { networkId, nodeId, addresses, mtu, rsAsn, routeServers, communities, config } = told;
  const lines = [
    name,
    '',
    ...(networkId === null ? [] : [`zerotier-cli join ${networkId}${nodeId === null ? '' : `    # ${nodeId}`}`, '']),
    ...addresses.map((address) => `${t('exchangePorts.address')}: ${address}`),
    ...(mtu === null ? [] : [`MTU: ${mtu}`]),
    ...routeServers.map((server) => `${server.name}: ${[server.addressV6, server.addressV4].filter(Boolean).join(', ')} AS${rsAsn}`),
    '',
    ...communities.map((one) => `${one.community}  ${communityText(one)}`),
    '',
    config ?? '',
  ];
  return lines.join('\n').trimEnd();
}
