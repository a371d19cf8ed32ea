import { isMended as mends } from '../findings/rules.ts';
import type { Hello } from '../ssh/verbs.ts';
import type { Finding } from './schemas.ts';
import { isLimited, validators, type Seen } from './seen.ts';
import type { GenerationRow } from './tables.ts';
import { digests, enforces, numbered, sessionsIn } from './wanted.ts';

type Found = Omit<Finding, 'since'>;
/** What is put right by applying again what was confirmed. */
export const isMended = ({ class: kind }: Pick<Finding, 'class'>): boolean => mends(kind);

/** Where the server differs from the generation that it confirmed; empty where none was yet. */
export function stateFindings(hello: Hello, confirmed: GenerationRow | undefined): Found[] {
  const { bird, generation, current, pending, files } = hello;
  if (bird === null) return [{ class: 'bird_down', detail: 'BIRD does not answer' }];
  if (pending) return [{ class: 'foreign_unconfirmed', detail: 'A reconfiguration is not confirmed yet' }];
  if (!confirmed) return [];
  const { number } = confirmed;
  const wanted = digests(numbered(confirmed.files, number));
  const differing = [...new Set([...wanted.keys(), ...Object.keys(files)])].filter((path) => wanted.get(path) !== files[path]);
  return [
    ...(generation === null ? [{ class: 'unmanaged_generation' as const, detail: 'BIRD has a configuration that is not ours' }] : []),
    ...(generation !== null && generation !== number ? [{ class: 'wrong_generation' as const, detail: `BIRD has generation ${generation} instead of ${number}` }] : []),
    ...(current === number ? [] : [{ class: 'current_link' as const, detail: `BIRD would begin with ${current ?? 'another configuration'} instead of ${number}` }]),
    ...(current === number && confirmed.files.length > 0 && differing.length > 0 ? [{ class: 'file_tampered' as const, detail: `Not as they were written: ${differing.slice(0, 8).join(', ')}` }] : []),
  ];
} // prettier-ignore

/** What runs and should not, and the other way round. */
export function protocolFindings({ protocols, ...seen }: Seen, confirmed: GenerationRow): Found[] {
  const wanted = sessionsIn(confirmed.files);
  const bgp = new Map(protocols.filter(({ kind }) => kind === 'BGP').map((one) => [one.name, one]));
  const names = new Set(wanted.map(({ name }) => name));
  const listed = (kind: Finding['class'], found: readonly string[]): Found[] => (found.length === 0 ? [] : [{ class: kind, detail: found.slice(0, 8).join(', ') }]); // prettier-ignore
  const others = [...bgp.keys()].filter((name) => !names.has(name));
  const lost = enforces(confirmed.files) && !validators({ protocols, ...seen }).some(({ info }) => info.startsWith('Established'));
  return [
    ...listed('protocol_missing', wanted.filter(({ name }) => !bgp.has(name)).map(({ name }) => name)),
    ...listed('protocol_disabled', wanted.filter(({ name, disabled }) => !disabled && bgp.get(name)?.state === 'down').map(({ name }) => name)),
    ...listed('protocol_extra', others.filter((name) => name.startsWith('sy_'))),
    ...listed('foreign_protocol', others.filter((name) => !name.startsWith('sy_'))),
    ...(lost ? [{ class: 'rpki_degraded' as const, detail: 'No validator is connected' }] : []),
    ...listed('limit_hit', [...bgp.values()].filter((one) => names.has(one.name) && isLimited(one)).map(({ name }) => name)),
  ];
} // prettier-ignore

/** What was there before keeps the time since when it is. */
export const dated = (found: readonly Found[], before: readonly Finding[], now: Date): Finding[] =>
  found.map((one) => ({ ...one, since: before.find((earlier) => earlier.class === one.class)?.since ?? now.toISOString() }));
