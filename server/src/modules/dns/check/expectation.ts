import { answer } from '../embedded/answer.ts';
import { indexZone } from '../embedded/zone.ts';
import type { Name } from '../names.ts';
import { typeCode } from '../rdata/types.ts';
import type { Sets } from '../sets.ts';
import { CLASS, decodeMessage, emptyMessage, FLAG, valueOf } from '../wire/message.ts';
import { said, type Said } from './verdict.ts';

/** What a right server would answer from the zone as it is here: wildcards and aliases included, since we let our own server answer. */
export function expectation(
  zone: { name: Name; serial: number | null; soaTtl: number },
  sets: Sets,
  name: Name,
  type: string,
): { said: Said; delegatedTo?: string } {
  const served = [...sets.values()].map((set) => ({ name: set.name, type: set.type, ttl: set.ttl, values: set.entries.map(({ value }) => value) }));
  const index = indexZone(zone.name, zone.serial ?? 0, zone.soaTtl, served);
  const query = { ...emptyMessage(0), questions: [{ name, type: typeCode(type), class: CLASS.IN }] };
  const { flags, answers, authority } = decodeMessage(answer(query, index, false));
  if ((flags & FLAG.AUTHORITATIVE) === 0) return { said: new Set(), delegatedTo: authority.map(valueOf).join(' ') };
  return { said: said(zone.name, answers) };
}
