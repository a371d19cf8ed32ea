import type { PortSessions } from './api.ts';
import { isUp } from './session-facts.tsx';

interface Ticks {
  /** How many of the route servers have a session that is up, with each of its families. */
  up: number;
  servers: number;
  accepted: number;
  refused: number;
}
/** What route servers say of the steps of setting up; undefined while nobody has said anything. */
export function ticksOf(told: PortSessions | undefined): Ticks | undefined {
  if (!told || told.items.every(({ problem }) => problem !== null)) return undefined;
  const channels = told.items.flatMap(({ sessions }) => sessions.flatMap((session) => session.channels));
  return {
    servers: told.items.length,
    up: told.items.filter(({ sessions }) => sessions.length > 0 && sessions.every(isUp)).length,
    accepted: channels.reduce((sum, { imported }) => sum + imported, 0),
    refused: channels.reduce((sum, { filtered }) => sum + filtered, 0),
  };
}
