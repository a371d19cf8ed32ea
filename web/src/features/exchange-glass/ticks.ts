import type { OnServer, PortSessions } from './api.ts';
import { isUp } from './session-facts.tsx';

type Family = OnServer['sessions'][number]['channels'][number]['family'];
/** A route server, with the families that it is to have a session for. */
interface Expected {
  name: string;
  families: readonly Family[];
}
interface Tick {
  server: string;
  family: Family;
  /** Null while the server does not say. */
  up: boolean | null;
}
export interface Ticks {
  sessions: Tick[];
  accepted: number;
  refused: number;
  /** One that refused something can say why. */
  refusing: string | undefined;
}

const channelsOf = ({ sessions }: OnServer) => sessions.flatMap(({ channels }) => channels);
const carries = ({ sessions }: OnServer, family: Family): boolean =>
  sessions.some((session) => isUp(session) && session.channels.some((channel) => channel.family === family && channel.state === 'UP'));

/** What route servers say of the steps of setting up; undefined while nobody has said anything. */
export function ticksOf(told: PortSessions | undefined, expected: readonly Expected[]): Ticks | undefined {
  if (!told || told.items.every(({ problem }) => problem !== null)) return undefined;
  const sessions = expected.flatMap(({ name, families }) => {
    const server = told.items.find(({ routeServer }) => routeServer === name);
    return families.map((family) => ({ server: name, family, up: !server || server.problem !== null ? null : carries(server, family) }));
  });
  const channels = told.items.flatMap(channelsOf);
  return {
    sessions,
    accepted: channels.reduce((sum, { imported }) => sum + imported, 0),
    refused: channels.reduce((sum, { filtered }) => sum + filtered, 0),
    refusing: told.items.find((server) => channelsOf(server).some(({ filtered }) => filtered > 0))?.routeServer,
  };
}
