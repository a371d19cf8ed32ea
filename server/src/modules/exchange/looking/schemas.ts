import { z } from 'zod';
import { routeServerId } from '../schemas.ts';
import { RPKI_STATES } from './reasons.ts';
import { FAMILIES } from './sessions.ts';

export const VIEWS = ['accepted', 'refused', 'exported', 'notExported'] as const;
export type View = (typeof VIEWS)[number];

/** Which server said it, and when. */
const said = {
  routeServer: z.string(),
  readAt: z.iso.datetime().meta({ help: 'When the route server was asked' }),
  ageSeconds: z.int(),
  stale: z.boolean().meta({ help: 'It does not answer now; this is what it said last' }),
};

const channel = z.object({
  family: z.enum(FAMILIES),
  state: z.string(),
  imported: z.int(),
  filtered: z.int(),
  exported: z.int(),
  preferred: z.int(),
  importLimit: z.int().nullable(),
  limitHit: z.boolean(),
});
const LookedSession = z
  .object({
    protocol: z.string(),
    state: z.string().meta({ help: 'Of the protocol: up, start or down' }),
    bgpState: z.string(),
    since: z.string().meta({ help: 'As the clock of the route server has it' }),
    description: z.string().nullable(),
    neighborAddress: z.string().nullable(),
    neighborAs: z.int().nullable(),
    neighborId: z.string().nullable(),
    lastError: z.string().nullable(),
    channels: z.array(channel),
  })
  .meta({ id: 'ExchangeSession' });

export const LookedRoute = z
  .object({
    prefix: z.string(),
    protocol: z.string().meta({ help: 'The session that it came by' }),
    since: z.string(),
    primary: z.boolean().meta({ help: 'The best of its prefix' }),
    preference: z.int(),
    gateway: z.string().nullable(),
    interface: z.string().nullable(),
    origin: z.string().nullable(),
    asPath: z.string(),
    nextHop: z.string().nullable(),
    localPref: z.int().nullable(),
    med: z.int().nullable(),
    communities: z.array(z.string()),
    largeCommunities: z.array(z.string()),
    extCommunities: z.array(z.string()),
    rpki: z.enum(RPKI_STATES).nullable(),
    reason: z
      .object({ code: z.int().nullable(), title: z.string(), remedy: z.string() })
      .nullable()
      .meta({ help: 'Why it was refused, and what its network does about it' }),
  })
  .meta({ id: 'ExchangeRoute' });

export const LookedStatus = z
  .object({
    ...said,
    version: z.string(),
    routerId: z.string().nullable(),
    serverTime: z.string().nullable(),
    lastReboot: z.string().nullable(),
    lastReconfiguration: z.string().nullable(),
    message: z.string(),
  })
  .meta({ id: 'ExchangeLookingGlassStatus' });

export const LookedSessions = z.object({ ...said, items: z.array(LookedSession) }).meta({ id: 'ExchangeLookingGlassSessions' });

export const LookedRoutes = z
  .object({
    ...said,
    total: z.int().meta({ help: 'How many there are; of more than ten thousand the first ten thousand can be paged through' }),
    found: z.int().meta({ help: 'How many of those that can be paged through are searched for' }),
    items: z.array(LookedRoute),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ExchangeLookingGlassRoutes' });

/** What the world is shown: who is connected and what comes of them, and nothing of what is refused or went wrong. */
export const PublicServers = z
  .object({ items: z.array(z.object({ handle: z.string(), name: z.string(), fabric: z.string(), fabricName: z.string() })) })
  .meta({ id: 'ExchangePublicGlassServers' });
export const PublicSessions = z
  .object({
    ...said,
    items: z.array(
      LookedSession.pick({ protocol: true, bgpState: true, since: true, neighborAddress: true, neighborAs: true }).extend({
        channels: z.array(channel.pick({ family: true, imported: true, exported: true })),
      }),
    ),
  })
  .meta({ id: 'ExchangePublicGlassSessions' });
export const PublicRoute = LookedRoute.omit({ gateway: true, interface: true, preference: true, localPref: true }).meta({
  id: 'ExchangePublicRoute',
});
export const PublicRoutes = LookedRoutes.extend({ items: z.array(PublicRoute) }).meta({ id: 'ExchangePublicGlassRoutes' });

/** What one route server says of the sessions of a port; `problem` where it says nothing. */
export const PortSessions = z
  .object({
    items: z.array(
      z.object({
        routeServer: z.string(),
        name: z.string(),
        readAt: z.iso.datetime().nullable(),
        ageSeconds: z.int().nullable(),
        stale: z.boolean(),
        problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
        sessions: z.array(LookedSession),
      }),
    ),
  })
  .meta({ id: 'ExchangePortSessions' });

export const server = routeServerId;
/** As the renderer names them; nothing else is ever put to a route server. */
export const session = z
  .string()
  .regex(/^sy_as\d{1,10}_[0-9a-f]{6,32}(_v4)?$/, 'the name of a session, see exchange.lookingglass.protocols')
  .meta({ title: 'Session', examples: ['sy_as20001_3f2a9c'] });
export const prefix = z.string().trim().min(2).max(49).meta({ title: 'Prefix', help: 'It and all that lie in it; of an address, what leads there', examples: ['2001:db8::/32'] }); // prettier-ignore
