import { expect, test } from 'vitest';
import { render, type Desired } from '../render/render.ts';
import type { Peer } from '../render/peer.ts';
import { checksOf, isKnownBird } from '../ssh/checks.ts';
import { stateFindings } from './compare.ts';
import { impactOf, isDisruptive } from './impact.ts';
import { differingFiles } from './plans.ts';
import { waitSeconds } from './rules.ts';
import { healthFaults, knowsOrigins, seenIn } from './seen.ts';
import type { GenerationRow } from './tables.ts';
import { digests, numbered, sessionsIn } from './wanted.ts';

const peer = (asn: number, more: Partial<Peer> = {}): Peer => ({ asn, tag: `aa${asn}`, addressV6: `2001:db8::${asn}`, addressV4: null, suspended: false, roleStrict: false, maxPrefixesV4: null, maxPrefixesV6: null, ...more }); // prettier-ignore
const desired = (peers: Peer[], more: Partial<Desired> = {}): Desired => ({ rsAsn: 64_500, routerId: '192.0.2.1', addressV6: '2001:db8::1', addressV4: null, ipv4Mode: 'none', rpkiMode: 'enforce', rtrServers: [{ host: '::1', port: 8_282 }], peers, ...more }); // prettier-ignore
const filesOf = (peers: Peer[], more: Partial<Desired> = {}) => render(desired(peers, more)).files;
const three = [peer(1), peer(2), peer(3)];

test('what becomes of sessions is told from what changed, as it was measured on BIRD', () => {
  const before = filesOf(three);
  const of = (files: ReturnType<typeof filesOf>) => impactOf(before, files);
  expect(of(before)).toEqual({ added: [], removed: [], restarted: [], reloaded: [], unaffected: [], kept: 3 });
  expect(of(filesOf([...three, peer(4)]))).toMatchObject({ added: ['as4_aa4'], restarted: [], reloaded: [], kept: 3 });
  expect(of(filesOf([peer(1), peer(2)]))).toMatchObject({ removed: ['as3_aa3'], restarted: [] });
  expect(of(filesOf([peer(1), peer(2), peer(3, { maxPrefixesV6: 500 })]))).toMatchObject({ unaffected: ['as3_aa3'], restarted: [], reloaded: [] });
  expect(of(filesOf([peer(1), peer(2), peer(3, { roleStrict: true })]))).toMatchObject({ restarted: ['as3_aa3'], reloaded: [] });
  expect(of(filesOf([peer(1), peer(2), peer(3, { addressV6: '2001:db8::9' })]))).toMatchObject({ restarted: ['as3_aa3'] });
  expect(of(filesOf(three, { rpkiMode: 'monitor' }))).toMatchObject({ restarted: [], reloaded: ['as1_aa1', 'as2_aa2', 'as3_aa3'] });
  expect(of(filesOf(three, { addressV6: '2001:db8::99' }))).toMatchObject({ restarted: ['as1_aa1', 'as2_aa2', 'as3_aa3'] });
  const stopped = filesOf([peer(1), peer(2), peer(3, { suspended: true })]);
  expect(of(stopped)).toMatchObject({ removed: ['as3_aa3'], restarted: [], kept: 2 });
  expect(impactOf(stopped, before)).toMatchObject({ added: ['as3_aa3'], removed: [], restarted: [], kept: 2 });
  expect(impactOf(stopped, stopped)).toMatchObject({ added: [], removed: [], restarted: [], kept: 3 });
  expect(impactOf([], before)).toMatchObject({ added: ['as1_aa1', 'as2_aa2', 'as3_aa3'], kept: 0 });
});

test('exchange 70, as far as it is told without a BIRD: limit, filter, role and rename changes are none, reload, restart, and removal with addition', () => {
  const irr = { origins: [1], v4: [], v6: [{ prefix: '2400:100::/32', ge: 32, le: 48 }] };
  const registered = (change: Partial<Peer> = {}, irrMode: 'tag' | 'enforce' = 'enforce') =>
    filesOf([peer(1, { irr, ...change }), peer(2, { irr })], { irrMode });
  const before = registered();
  const none = { added: [], removed: [], restarted: [], reloaded: [], unaffected: [], kept: 2 };
  expect(impactOf(before, registered({ maxPrefixesV6: 90 }))).toEqual({ ...none, unaffected: ['as1_aa1'] });
  expect(impactOf(before, registered({ irr: { ...irr, origins: [1, 7] } }))).toEqual({ ...none, reloaded: ['as1_aa1'] });
  expect(impactOf(before, registered({}, 'tag'))).toEqual({ ...none, reloaded: ['as1_aa1', 'as2_aa2'] });
  expect(impactOf(before, registered({ roleStrict: true }))).toEqual({ ...none, restarted: ['as1_aa1'] });
  expect(impactOf(before, registered({ tag: 'bb1' }))).toEqual({ ...none, added: ['as1_bb1'], removed: ['as1_aa1'], kept: 1 });
});

test('a plan shows of lists of any length that they differ, and not the lists', () => {
  const long = (asn: number) => `function f() { ${`${asn}, `.repeat(1_000)} }`;
  const [file] = differingFiles([{ path: 'a', content: `x\n${long(1)}` }], [{ path: 'a', content: `x\n${long(2)}` }]);
  expect([file!.before === file!.after, file!.before!.length < 400, file!.after!.startsWith('x\nfunction f()')]).toEqual([false, true, true]);
});

test('more than a fifth of the sessions is more than what happens by itself', () => {
  const base = { added: [], removed: [], reloaded: [], unaffected: [] };
  expect(isDisruptive({ ...base, restarted: ['a'], kept: 5 })).toBe(false);
  expect(isDisruptive({ ...base, restarted: ['a', 'b'], kept: 5 })).toBe(true);
  expect(isDisruptive({ ...base, restarted: [], kept: 5 })).toBe(false);
});

const head = (name: string, kind: string, state: string, info: string, routes = 0): string =>
  `${name} ${kind}        ---        ${state}     2026-11-21 18:08:00  ${info}\n  Channel ipv6\n    Routes:         ${routes} imported, 2 filtered, 1 exported, 1 preferred\n`;
const said = (protocols: string, roas = 3): string => `== configure\nDaemon is up and running\n== protocols\n${protocols}== sy_roa4\n0 of 0 routes for 0 networks in table sy_roa4\n== sy_roa6\n${roas} of ${roas} routes for ${roas} networks in table sy_roa6\n`; // prettier-ignore
const well = said(
  head('sy_rpki1', 'RPKI', 'up', 'Established') + head('sy_as1_aa1', 'BGP', 'up', 'Established', 10) + head('sy_as2_aa2', 'BGP', 'start', 'Passive'),
);

test('what BIRD says is read, and what is missing, lost or gone is named', () => {
  const before = seenIn(well);
  expect(before.protocols[1]).toMatchObject({ name: 'sy_as1_aa1', imported: 10, filtered: 2, exported: 1, since: '2026-11-21 18:08:00' });
  expect([knowsOrigins(before), knowsOrigins(seenIn(said(head('sy_rpki1', 'RPKI', 'up', 'Established'), 0))), knowsOrigins(seenIn(said(head('sy_rpki1', 'RPKI', 'start', 'Transport-Error'))))]).toEqual([true, false, false]);
  const none = { added: [], removed: [], restarted: [], reloaded: [], unaffected: [], kept: 2 };
  const wanted = [{ name: 'sy_as1_aa1', disabled: false }, { name: 'sy_as2_aa2', disabled: true }];
  const faults = (text: string, impact = none) => healthFaults(before, seenIn(text), wanted, impact);
  expect(faults(well)).toEqual([]);
  const lost = said(head('sy_rpki1', 'RPKI', 'up', 'Established') + head('sy_as1_aa1', 'BGP', 'start', 'Passive') + head('sy_as2_aa2', 'BGP', 'down', ''));
  expect(faults(lost)).toEqual(['the session sy_as1_aa1 was lost', '10 of 10 routes of untouched peers are gone']);
  expect(faults(lost, { ...none, restarted: ['as1_aa1'] as never[] })).toEqual([]);
  expect(faults(said(head('sy_rpki1', 'RPKI', 'up', 'Established') + head('sy_as1_aa1', 'BGP', 'up', 'Established', 7)))).toEqual(['sy_as2_aa2 is missing']);
  expect(faults(well.replace('sy_rpki1 RPKI        ---        up     2026-11-21 18:08:00  Established', 'sy_rpki1 RPKI        ---        start  2026-11-21 18:08:00  Sync-Start'))).toEqual(['no validator is connected any more']);
}); // prettier-ignore

test('files are compared with those of the generation that was confirmed, and links and numbers too', () => {
  const files = filesOf(three);
  const confirmed = { number: 7, files } as unknown as GenerationRow;
  const hello = { version: 1, bird: '2.0.12', generation: 7, current: 7, pending: false, undoIn: null, writable: true, freeKb: 900_000, files: Object.fromEntries(digests(numbered(files, 7))) }; // prettier-ignore
  const classes = (more: Partial<typeof hello> | { generation: null } | { bird: null }) => stateFindings({ ...hello, ...more }, confirmed).map((found) => found.class); // prettier-ignore
  expect(classes({})).toEqual([]);
  expect(classes({ generation: 6 })).toEqual(['wrong_generation']);
  expect(classes({ generation: null })).toEqual(['unmanaged_generation']);
  expect(classes({ current: 6 })).toEqual(['current_link']);
  expect(classes({ files: { ...hello.files, 'base.conf': '0'.repeat(64) } })).toEqual(['file_tampered']);
  expect(classes({ files: { ...hello.files, 'more.conf': '0'.repeat(64) } })).toEqual(['file_tampered']);
  expect(classes({ bird: null })).toEqual(['bird_down']);
  expect(sessionsIn(filesOf([peer(1), peer(2, { suspended: true })]))).toEqual([{ name: 'sy_as1_aa1', disabled: false }, { name: 'sy_as2_aa2', disabled: true }]); // prettier-ignore
  expect(checksOf(hello).filter(({ ok }) => !ok)).toEqual([]);
  expect(checksOf({ ...hello, bird: '2.0.11', current: 6, freeKb: 10, pending: true, writable: false }).filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['version', 'folder', 'space', 'configuration', 'quiet']); // prettier-ignore
  expect(['2.0.12', '2.13.1', '2.0.9', '3.0.0', '1.6.8'].map(isKnownBird)).toEqual([true, true, false, false, false]);
});

test('what passes is tried again soon, what needs somebody now and then', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map((attempts) => waitSeconds('ssh-unreachable', attempts, 0.5))).toEqual([
    5, 15, 45, 120, 300, 900, 1_800, 14_400,
  ]);
  expect([1, 2, 3].map((attempts) => waitSeconds('config-rejected', attempts, 0.5))).toEqual([900, 1_800, 3_600]);
  expect(waitSeconds('ssh-timeout', 1, 0)).toBeCloseTo(4);
  expect(waitSeconds('ssh-timeout', 1, 1)).toBeCloseTo(6);
});
