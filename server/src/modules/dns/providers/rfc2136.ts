import type { Name } from '../names.ts';
import type { ZoneRecord } from '../records.ts';
import { sameAnswer, setKey, type SetChange, type SetState } from '../sets.ts';
import { RCODE } from '../wire/message.ts';
import { DnsServerFault, type DnsServer } from './port.ts';
import { anotherAttempt, passing, refusal, retried, signedTalk, type SignedOptions, type SignedTalk } from './signed.ts';
import { updateParts } from './update.ts';

const PREREQUISITE_FAILED: ReadonlySet<number> = new Set([RCODE.NXDOMAIN, RCODE.YXDOMAIN, RCODE.YXRRSET, RCODE.NXRRSET]);
/** After these the zone is compared; all others are a plain refusal. */
const WORTH_A_LOOK: ReadonlySet<number> = new Set([RCODE.NOERROR, RCODE.SERVFAIL, ...PREREQUISITE_FAILED]);

/** A server that takes dynamic updates (RFC 2136) and zone transfers (RFC 5936), all signed (RFC 8945), all by TCP. */
export function rfc2136(options: SignedOptions): DnsServer {
  const talk = signedTalk(options);
  return {
    kind: 'rfc2136',
    endpoint: options.endpoint,
    ownsZones: false,
    read: (zone, signal) => retried(signal, () => talk.transfer(zone, signal)),
    create: async () => undefined,
    remove: async () => undefined,
    parts: updateParts,
    async apply(zone, changes, { signal }) {
      let sent = false;
      for (let attempt = 1; ; attempt++) {
        const said = await talk.update(zone, changes, signal).catch(passing);
        sent ||= said === RCODE.NOERROR || (said instanceof DnsServerFault && said.kind === 'unknown');
        if (typeof said === 'number' && !WORTH_A_LOOK.has(said)) throw refusal(zone, said, 'the update of');
        const { state, serial } = await look(talk, zone, changes, signal).catch((cause: Error) => {
          if (!sent) throw said instanceof DnsServerFault ? said : cause;
          throw new DnsServerFault('unknown', `whether the update of ${zone} was carried out is not known: ${cause.message}`, { cause });
        });
        if (state === 'after') return serial;
        const fault = hindrance(zone, said, state, attempt);
        if (fault.final || !(await anotherAttempt(attempt, signal))) throw fault.error;
      }
    },
  };
}

/**
 * Where the zone stands against a change: all done, nothing done, or something else. Only the zone itself can tell: a lost answer and a
 * prerequisite that fails because the first try went through look alike.
 */
async function look(
  talk: SignedTalk,
  zone: Name,
  changes: readonly SetChange[],
  signal: AbortSignal,
): Promise<{ state: 'after' | 'before' | 'other'; serial: number }> {
  const { serial, records } = await retried(signal, () => talk.transfer(zone, signal));
  const sets = new Map([...Map.groupBy(records, setKey)].map(([name, group]) => [name, stateOf(group)]));
  const all = (side: 'before' | 'after'): boolean => changes.every((change) => sameAnswer(sets.get(setKey(change)) ?? null, change[side]));
  return { serial, state: all('after') ? 'after' : all('before') ? 'before' : 'other' };
}

const stateOf = (records: readonly ZoneRecord[]): SetState => ({
  ttl: records[0]!.ttl,
  entries: records.map(({ value }) => ({ id: '', value, comment: null })),
});

/** Why the update has not taken effect, and whether trying again is of no use. */
function hindrance(zone: Name, said: number | DnsServerFault, state: 'before' | 'other', attempt: number): { error: DnsServerFault; final: boolean } {
  if (said === RCODE.NOERROR)
    return {
      final: true,
      error: new DnsServerFault('rejected', `the server took the update of ${zone}, but its records are not what was asked for`),
    };
  // Our sets are untouched and yet a prerequisite fails, twice: the name has other data, which stands against an alias or is one.
  const blocked = typeof said === 'number' && PREREQUISITE_FAILED.has(said) && attempt > 1;
  if (state === 'other' || blocked)
    return { final: true, error: new DnsServerFault('conflict', `${zone} was changed at the server by someone else; nothing was written`) };
  return { final: false, error: said instanceof DnsServerFault ? said : refusal(zone, said, 'the update of') };
}
