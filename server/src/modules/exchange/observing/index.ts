import { z } from 'zod';
import type { EventDeclaration } from '#kernel/module.ts';
import { HEALTHS } from './rules.ts';

const port = z.object({
  portId: z.uuid().nullable().meta({ help: 'Null of a connection that nobody asked for' }),
  connectionId: z.uuid(),
  asn: z.int(),
  fabricId: z.uuid(),
  fabric: z.string(),
  summary: z.string(),
});
const onServer = port.extend({ routeServerId: z.uuid(), routeServer: z.string(), protocol: z.string() });
const session = onServer.extend({ since: z.iso.datetime().meta({ help: 'When it was first seen so' }) });
const health = z.enum(HEALTHS).nullable();

/** What is seen of members on route servers (exchange.md 18). */
export const events: Readonly<Record<string, EventDeclaration>> = {
  'exchange.session.up': { summary: 'A BGP session of a member is up on a route server, and stays so', data: session },
  'exchange.session.down': { summary: 'A BGP session of a member is down on a route server, and stays so', data: session },
  'exchange.port.health_changed': {
    summary: 'More or fewer of the BGP sessions of a port are up: all, some or none',
    data: port.extend({ from: health, to: health, up: z.int(), sessions: z.int() }),
  },
  'exchange.prefix.refused': {
    summary: 'A route server refuses a route of a member, for a reason that was not told of that port on this day',
    data: onServer.extend({
      code: z.int().meta({ help: 'The number of the reason; 0 where the route server gave none' }),
      title: z.string(),
      prefix: z.string().meta({ help: 'The first that was seen' }),
      routes: z.int().meta({ help: 'How many are refused for this reason' }),
    }),
  },
};
