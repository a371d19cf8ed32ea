import { bird } from './routers/bird.ts';
import { frr } from './routers/frr.ts';
import { gobgp } from './routers/gobgp.ts';
import { openbgpd } from './routers/openbgpd.ts';
import { routeros } from './routers/routeros.ts';
import type { Values } from './routers/sessions.ts';

const TEMPLATES = { bird, frr, gobgp, openbgpd, routeros } as const;
export type Platform = keyof typeof TEMPLATES;
export const PLATFORMS = ['bird', 'frr', 'gobgp', 'openbgpd', 'routeros'] as const satisfies readonly Platform[];

/** The sessions of a member, as its router is told of them. */
export const configFor = (platform: Platform, values: Values): string => TEMPLATES[platform](values);

/** What members tell route servers with large communities, of which the first part is the ASN of the servers (exchange.md 11.4). */
const CONTROLS = [
  { does: 'notTo', parts: [0, 'as'] },
  { does: 'toNobody', parts: [0, 0] },
  { does: 'butTo', parts: [1, 'as'] },
  { does: 'once', parts: [101, 'as'] },
  { does: 'twice', parts: [102, 'as'] },
  { does: 'thrice', parts: [103, 'as'] },
] as const;
export const EFFECTS = CONTROLS.map(({ does }) => does);
export const communitiesFor = (rsAsn: number) =>
  CONTROLS.map(({ does, parts: [what, whom] }) => ({ does, community: `${rsAsn}:${what}:${whom === 'as' ? '<ASN>' : whom}` }));
