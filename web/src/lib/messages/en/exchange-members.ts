/** What anybody sees of an exchange. */
export const exchangeMembers = {
  'exchangeMembers.title': 'Members of the exchange',
  'exchangeMembers.of': 'Members of {name}',
  'exchangeMembers.members': { one: '{count} network', other: '{count} networks' },
  'exchangeMembers.none': 'Nobody is connected yet',
  'exchangeMembers.none.text': 'Networks appear here once their port is set up.',
  'exchangeMembers.unnamed': 'Name not shown',
  'exchangeMembers.servers': 'Route servers',
  'exchangeMembers.policy': 'Peering policy',
  'exchangeMembers.policy.of': 'Peering policy of {name}',
  'exchangeMembers.onServers': 'On the route servers',
  'exchangeMembers.data': 'For programs',
  'exchangeMembers.export': 'Members, IX-F export 1.0',
  'exchangeMembers.list.as-set': 'AS-SET of the route servers',
  'exchangeMembers.list.asns': 'ASNs of the members',
  'exchangeMembers.list.prefixes': 'Prefixes of the LANs',
  'exchangeMembers.public': 'Members, as the world sees them',
} as const;
