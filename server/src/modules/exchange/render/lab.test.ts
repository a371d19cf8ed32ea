import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLab, lacking, type Attributes, type Lab } from '../fixtures/lab.ts';
import { routeView } from '../looking/answers.ts';
import { REASONS } from '../looking/reasons.ts';
import { routeReader } from '../looking/routes.ts';
import type { IrrSets } from './irr.ts';
import type { Peer } from './peer.ts';
import { impactOf } from '../applying/impact.ts';
import type { Impact } from '../applying/schemas.ts';
import { render, type Bundle, type Desired } from './render.ts';

const RS = 64_500;
const MEMBERS = { m1: 20_001, m2: 20_002, m3: 20_003, raw: 20_004, customer: 20_005 } as const;
type Member = keyof typeof MEMBERS;
const NAMES = Object.keys(MEMBERS) as Member[];
const addressOf = (name: Member): string => `2001:db8:100::${NAMES.indexOf(name) + 16}`;
const peerOf = (name: Member): Peer => ({ asn: MEMBERS[name], tag: `aaaa0${NAMES.indexOf(name)}`, addressV6: addressOf(name), addressV4: null, suspended: false, roleStrict: false, maxPrefixesV4: null, maxPrefixesV6: null }); // prettier-ignore
const protocol = (name: Member): string => `sy_as${MEMBERS[name]}_aaaa0${NAMES.indexOf(name)}`;

const large = (...parts: number[]): string => `bgp_large_community.add((${RS}, ${parts.join(', ')}));`;
const prepended = (asn: number, times = 1): string => `bgp_path.prepend(${asn});`.repeat(times);
/** What each member announces, with what it adds. */
const ANNOUNCED: Partial<Record<Member, Record<string, string>>> = {
  m1: {
    '2400:100::/32': '', // Unknown
    '2400:200::/32': large(1101, 3), // Valid; a member does not speak for us
    '2400:300::/32': '', // Invalid
    '2400:400:0:1::/64': '',
    '2400::/12': '',
    '2001:db8:f00::/48': '',
    '2400:500::/32': prepended(64_512),
    '2400:600::/32': prepended(20_001, 64),
    '2400:700::/32': prepended(174),
    '2400:800::/32': '', // next hop of somebody else, see below
    '2400:a00::/32': large(0, 20_002),
    '2400:b00::/32': large(0, 0) + large(1, 20_003),
    '2400:c00::/32': large(101, 20_002),
    '2400:d00::/32': large(103, 0),
    '2400:e00::/32': large(0, 20_003),
  },
  m2: { '2400:e00::/32': prepended(20_002) },
  raw: { '2400:f00::/32': prepended(20_009), '2400:f01::/32': '' },
};
const ROAS = [
  { prefix: '2400:200::/32', maxLength: 32, asn: 'AS20001' },
  { prefix: '2400:300::/32', maxLength: 32, asn: 'AS64999' },
];

const memberText = (name: Member): string => `router id 10.0.0.${NAMES.indexOf(name) + 1};
protocol device { }
protocol static st6 { ipv6; ${Object.entries(ANNOUNCED[name] ?? {})
  .map(([prefix, adds]) => `route ${prefix} blackhole { ${adds} };`)
  .join('\n')} }
protocol static st4 { ipv4; ${name === 'm1' ? 'route 45.10.0.0/16 blackhole;' : ''} }
filter out6 { if source != RTS_STATIC then reject; if net = 2400:800::/32 then bgp_next_hop = 2001:db8:100::99; accept; }
protocol bgp lan {
  local ${addressOf(name)} as ${MEMBERS[name]}; neighbor 2001:db8:100::1 as ${RS};
  connect delay time 1; connect retry time 2; error wait time 2, 4;
  ${name === 'raw' ? 'rs client;' : `local role ${name === 'customer' ? 'customer' : 'rs_client'};`}
  ipv6 { import all; import keep filtered on; export filter out6; };
  ipv4 { import all; export where source = RTS_STATIC; extended next hop on; };
}
`;

let lab: Lab;
let desired: Omit<Desired, 'peers'>;
let bundle: Bundle;
/** Where BIRD writes what it does. */
let logTo: string;
const seen = (name: Member): Map<string, Attributes> => lab.routes(name, 'show route all protocol lan');
const refused = (name: Member): Map<string, Attributes> => lab.routes('rs', `show route all filtered protocol ${protocol(name)}`);
const reason = (route: Attributes | undefined): string | undefined => /\(64500, 1101, (\d+)\)/.exec(route?.['large_community'] ?? '')?.[1];

describe.skipIf(lacking !== undefined)(`a route server with this configuration${lacking ? `, left out: ${lacking}` : ''}`, () => {
  beforeAll(async () => {
    lab = createLab();
    lab.host('rs', '2001:db8:100::1');
    for (const name of NAMES) lab.host(name, addressOf(name));
    lab.validator('rs', ROAS);
    desired = { rsAsn: RS, routerId: '198.51.100.1', addressV6: '2001:db8:100::1', addressV4: null, ipv4Mode: 'rfc8950', rpkiMode: 'enforce', rtrServers: [{ host: '::1', port: 8_282 }] }; // prettier-ignore
    await vi.waitFor(() => expect(lab.listens('rs', 8_282)).toBe(true), { timeout: 60_000, interval: 100 });
    logTo = `log "${lab.path('rs', 'bird.log')}" all;\n`;
    const { files, ...rest } = render({ ...desired, peers: NAMES.map(peerOf) });
    bundle = { ...rest, files: files.map((file) => (file.path === 'main.conf' ? { ...file, content: `${logTo}${file.content}` } : file)) };
    lab.bird('rs', bundle);
    for (const name of NAMES) lab.bird(name, { files: [{ path: 'main.conf', content: memberText(name) }] });
    await vi.waitFor(() => {
      expect(seen('m3').get('2400:200::/32')?.['large_community']).toContain('(64500, 1000, 1)');
      expect(refused('m1').has('2400:300::/32')).toBe(true);
      expect(seen('m3').has('2400:e00::/32')).toBe(true);
      expect(refused('raw').size).toBeGreaterThan(0);
    }, { timeout: 40_000, interval: 250 }); // prettier-ignore
  }, 70_000);
  afterAll(() => lab?.close());

  test('exchange 49: RPKI: Valid reaches the other member with `(RS,1000,1)`, Unknown with `(…,2)`, Invalid does not and appears refused with 13', () => {
    const routes = seen('m3');
    expect(routes.get('2400:200::/32')!['large_community']).toBe('(64500, 1000, 1)');
    expect(routes.get('2400:100::/32')!['large_community']).toBe('(64500, 1000, 2)');
    expect(routes.has('2400:300::/32')).toBe(false);
    expect(reason(refused('m1').get('2400:300::/32'))).toBe('13');
  });
  test('exchange 51: each reject code 1–8, 14 is produced by a crafted announcement and shown in words on the Port page', () => {
    const reasons = Object.fromEntries([...refused('m1'), ...refused('raw')].map(([prefix, route]) => [prefix, reason(route)]));
    expect(reasons).toEqual({
      '2400:400:0:1::/64': '1', '2400::/12': '2', '2001:db8:f00::/48': '3', '2400:500::/32': '4', '2400:600::/32': '5', '2400:f01::/32': '6',
      '2400:f00::/32': '7', '2400:800::/32': '8', '2400:300::/32': '13', '2400:700::/32': '14',
    }); // prettier-ignore
    for (const prefix of Object.keys(reasons)) expect([prefix, seen('m3').has(prefix)]).toEqual([prefix, false]);
    // As exchange.ports.routes has them for the page.
    const shown = (['m1', 'raw'] as const).flatMap((name) => {
      const reader = routeReader(100);
      reader.push(lab.birdc('rs', `show route all filtered protocol ${protocol(name)}`));
      return reader.end().routes.map((route) => [route.prefix, routeView(route, RS, 'refused').reason]);
    });
    const said = Object.entries(reasons).map(([prefix, code]) => [prefix, { code: Number(code), ...REASONS[Number(code) as keyof typeof REASONS] }]);
    expect(new Map(shown as [string, unknown][])).toEqual(new Map(said as [string, unknown][]));
  });
  test('exchange 52: path hiding: best path forbidden to member C, C gets the second one', () => {
    expect(lab.birdc('rs', 'show route primary 2400:e00::/32')).toContain('AS20001i');
    expect(seen('m3').get('2400:e00::/32')!['as_path']).toBe('20002 20002');
  });
  test('exchange 53: `(RS,0,X)`, `(RS,0,0)+(RS,1,X)`, 101–103: X sees exactly what the table says', () => {
    const [two, three] = [seen('m2'), seen('m3')];
    const has = (prefix: string) => [two.has(prefix), three.has(prefix)];
    expect([has('2400:a00::/32'), has('2400:b00::/32')]).toEqual([[false, true], [false, true]]); // prettier-ignore
    const paths = (prefix: string) => [two, three].map((routes) => routes.get(prefix)!['as_path']);
    expect(paths('2400:c00::/32')).toEqual(['20001 20001', '20001']);
    expect(paths('2400:d00::/32')).toEqual(['20001 20001 20001 20001', '20001 20001 20001 20001']);
    // What was said to us goes no further.
    for (const routes of [two, three]) for (const [, route] of routes) expect(route['large_community'] ?? '').not.toMatch(/\(64500, (0|1|10[1-3]|1101), /); // prettier-ignore
  });
  test('exchange 54: routes leave with OTC; a member configured as `customer` is refused (role mismatch), `rs_client` accepted', async () => {
    expect(seen('m3').get('2400:100::/32')!['otc']).toBe('64500');
    expect(lab.birdc('rs', `show protocols ${protocol('m3')}`)).toContain('Established');
    const said = () => lab.birdc('rs', `show protocols all ${protocol('customer')}`) + lab.birdc('customer', 'show protocols all lan');
    // Between two tries the last fault of the socket stands there instead.
    await vi.waitFor(() => expect(said()).toContain('Role mismatch'), { timeout: 60_000, interval: 100 });
    expect(lab.birdc('rs', `show protocols ${protocol('customer')}`)).not.toContain('Established');
  });
  test('carries IPv4 routes over the IPv6 session, with IPv6 next hops', () => {
    expect(seen('m3').get('45.10.0.0/16')!['next_hop']).toBe(addressOf('m1'));
  });
  test('exchange 50: a ROA change in StayRTR withdraws a now-Invalid route within 15 s without a session reset', async () => {
    const since = () => /^sy_\S+\s+\S+\s+\S+\s+\S+\s+(.+?)\s+Established/m.exec(lab.birdc('rs', `show protocols ${protocol('m1')}`))?.[1];
    const before = since();
    lab.roas('rs', [...ROAS, { prefix: '2400:100::/32', maxLength: 32, asn: 'AS64999' }]);
    await vi.waitFor(() => expect(seen('m3').has('2400:100::/32')).toBe(false), { timeout: 60_000, interval: 250 });
    expect(reason(refused('m1').get('2400:100::/32'))).toBe('13');
    expect([before !== undefined, since()]).toEqual([true, before]);
  }, 20_000);
  test('what no registry has for a member is refused with 9 and 10, or marked, without a session reset', async () => {
    const listed = (prefix: string) => ({ prefix, ge: 32, le: 48 });
    const irr: Partial<Record<Member, IrrSets>> = {
      m1: { origins: [20_001], v4: [], v6: [listed('2400:200::/32')] },
      m2: { origins: [20_009], v4: [], v6: [listed('2400:e00::/32')] },
    };
    const load = (irrMode: 'enforce' | 'tag'): void => {
      const { files } = render({ ...desired, irrMode, peers: NAMES.map((name) => ({ ...peerOf(name), irr: irr[name] })) });
      for (const { path, content } of files) writeFileSync(lab.path('rs', path), content);
      expect(lab.birdc('rs', 'configure')).toMatch(/Reconfigur(ed|ation in progress)/);
    };
    const since = () => /^sy_\S+\s+\S+\s+\S+\s+\S+\s+(.+?)\s+Established/m.exec(lab.birdc('rs', `show protocols ${protocol('m1')}`))?.[1];
    const before = since();
    load('enforce');
    await vi.waitFor(() => expect(seen('m3').get('2400:200::/32')?.['large_community']).toBe('(64500, 1000, 1) (64500, 1001, 1)'), { timeout: 60_000, interval: 250 });
    expect([reason(refused('m1').get('2400:c00::/32')), reason(refused('m1').get('45.10.0.0/16')), reason(refused('m2').get('2400:e00::/32'))]).toEqual(['9', '9', '10']);
    expect([seen('m3').has('2400:c00::/32'), seen('m3').has('45.10.0.0/16')]).toEqual([false, false]);
    load('tag');
    await vi.waitFor(() => expect(seen('m3').get('2400:d00::/32')?.['large_community']).toContain('(64500, 1001, 2)'), { timeout: 60_000, interval: 250 });
    expect(seen('m3').get('2400:200::/32')!['large_community']).toContain('(64500, 1001, 1)');
    expect([before !== undefined, since()]).toEqual([true, before]);
  }, 40_000); // prettier-ignore

  test('exchange 70: impact prediction equals BIRD’s log for limit, filter, password, rename changes', async () => {
    const log = lab.path('rs', 'bird.log');
    let [read, before] = [readFileSync(log, 'utf8').length, bundle.files];
    /** Loads it, and answers what was foretold and what BIRD says that it did to sessions that were up. */
    const load = async (files: typeof before) => {
      const impact = impactOf(before, files);
      lab.write('rs', files);
      lab.birdc('rs', 'configure');
      const said = () => readFileSync(log, 'utf8').slice(read);
      await vi.waitFor(() => expect(said()).toContain('Reconfigured'), { timeout: 60_000, interval: 50 });
      const named = (what: RegExp): string[] => [...new Set([...said().matchAll(what)].map(([, name = '']) => name))].toSorted(); // prettier-ignore
      const done = {
        added: named(/Adding protocol sy_(as\w+)/g),
        removed: named(/Removing protocol sy_(as\w+)/g),
        restarted: named(/Restarting protocol sy_(as\w+)/g),
        reloaded: named(/Reloading channel sy_(as\w+)\./g),
      };
      [read, before] = [read + said().length, files];
      return { impact, done };
    };
    await load(bundle.files); // whatever another test has left
    const up = (['m1', 'm2', 'm3', 'raw'] as const).map((name) => protocol(name).slice(3));
    const predicted = ({ added, removed, restarted, reloaded }: Impact) => ({ added, removed, restarted, reloaded: reloaded.filter((name) => up.includes(name)) });
    const [one] = up as [string];
    const changed = (path: string, change: (text: string) => string) => before.map((file) => (file.path === path ? { ...file, content: change(file.content) } : file));
    const own = (change: (text: string) => string) => changed(`peers/${one}.conf`, change);
    const nothing = { added: [], removed: [], restarted: [], reloaded: [] };

    const limit = await load(own((text) => text.replaceAll('import limit 1000', 'import limit 900')));
    expect([limit.impact.unaffected, limit.done]).toEqual([[one], nothing]);
    const filter = await load(own((text) => text.replace('then reject; accept;', 'then reject; bgp_med = 7; accept;')));
    expect([filter.done, predicted(filter.impact)]).toEqual([{ ...nothing, reloaded: [one] }, filter.done]);
    const all = await load(changed('base.conf', (text) => text.replace('bgp_path.len > 64', 'bgp_path.len > 60')));
    expect([all.done, predicted(all.impact)]).toEqual([{ ...nothing, reloaded: up }, all.done]);
    const password = await load(own((text) => text.replace('  neighbor', '  password "secret of both";\n  neighbor')));
    expect([password.done, predicted(password.impact)]).toEqual([{ ...nothing, restarted: [one] }, password.done]);
    const other = { ...peerOf('m2'), tag: 'bbbb01' };
    const { files } = render({ ...desired, peers: NAMES.map((name) => (name === 'm2' ? other : peerOf(name))) });
    const text = (path: string) => before.find((file) => file.path === path)?.content;
    const rename = await load(files.map((file) => ({ ...file, content: file.path === 'main.conf' ? `${logTo}${file.content}` : (text(file.path) ?? file.content) })));
    expect([rename.done, predicted(rename.impact)]).toEqual([{ ...nothing, added: ['as20002_bbbb01'], removed: ['as20002_aaaa01'] }, rename.done]);
  }, 60_000); // prettier-ignore
});
