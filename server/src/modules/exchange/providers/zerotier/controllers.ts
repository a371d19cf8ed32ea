import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CENTRAL_REFUSAL, CENTRAL_URL, central } from './central.ts';
import type { Line } from './line.ts';
import type { Controllers, ControllerKind } from './port.ts';
import { REFUSAL, selfHosted } from './self-hosted.ts';

export interface ControllersOptions {
  /** `ZT_PROVIDER`. */
  kind: ControllerKind;
  /** Of the installation's own controller. */
  ownUrl: string | undefined;
  /** The guarded way out of a tenant; `own` when it is the installation's own controller that is called. */
  send: (tenantId: string, own: boolean) => Line['send'];
  pause?: Line['pause'];
  now?: () => number;
}

/** Ten a second and token is half of what the hosted service gives to those who do not pay. */
const APART_MS = 100;

/** Turns, one after the other, at least so far apart. */
function turns(pause: Line['pause'], now: () => number): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(now(), next);
    next = at + APART_MS;
    if (at > now()) await pause(at - now());
  };
}

/** Both kinds of controller behind the one port. */
export function controllers({ kind, ownUrl, send, pause = (ms) => wait(ms), now = Date.now }: ControllersOptions): Controllers {
  const paces = new Map<string, () => Promise<void>>();
  function paceOf(token: string): () => Promise<void> {
    const mark = createHash('sha256').update(token).digest('hex');
    const found = paces.get(mark) ?? turns(pause, now);
    paces.set(mark, found);
    return found;
  }
  return {
    kind,
    defaultUrl: kind === 'central' ? CENTRAL_URL : (ownUrl ?? null),
    open(tenantId, access) {
      const baseUrl = access.baseUrl.replace(/\/+$/, '');
      const line = { baseUrl, pause, send: send(tenantId, baseUrl === ownUrl) };
      return access.kind === 'central'
        ? central({ ...line, headers: { authorization: `token ${access.token}` }, turn: paceOf(access.token), refusal: CENTRAL_REFUSAL })
        : selfHosted({ ...line, headers: { 'x-zt1-auth': access.token }, refusal: REFUSAL });
    },
  };
}
