import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLab, lacking, type Lab } from '../fixtures/lab.ts';
import { ROUTERS, type Heard, type Kind, type Member } from '../fixtures/members.ts';
import { peerName, type Peer } from '../render/peer.ts';
import { render } from '../render/render.ts';

const RS = 64_500;
const SERVERS = [1, 2].map((at) => ({ name: `rs${at}`, addressV6: `2001:db8:100::${at}`, addressV4: null, routerId: `192.0.2.${at}` }));
const KINDS = Object.keys(ROUTERS) as Kind[];
const isThere = (kind: Kind): boolean => ROUTERS[kind].commands.every((command) => spawnSync(command, ['--version'], { timeout: 10_000 }).error === undefined); // prettier-ignore

const memberOf = (name: Kind, at: number): Member => ({
  name,
  routerId: `10.0.0.${at + 1}`,
  announces: { v4: `45.${at + 10}.0.0/16`, v6: `2400:${at + 100}::/32` },
  values: { asn: 20_001 + at, rsAsn: RS, addressV6: `2001:db8:100::${at + 16}`, addressV4: null, overV6: true, routeServers: SERVERS },
});
const members = KINDS.map(memberOf);
const peerOf = ({ values: { asn, addressV6 } }: Member): Peer => ({ asn, tag: String(asn), addressV6, addressV4: null, suspended: false, roleStrict: false, maxPrefixesV4: null, maxPrefixesV6: null }); // prettier-ignore
const desired = { rsAsn: RS, addressV4: null, ipv4Mode: 'rfc8950', rpkiMode: 'monitor', rtrServers: [], peers: members.map(peerOf) } as const;

let lab: Lab;
let present: Member[];
/** What somebody hears of a member from each server: as it was said, next hop and path untouched. */
const saidBy = ({ announces, values }: Member): Heard[] =>
  SERVERS.map(({ name: server }) => ({ server, prefix: announces.v4, path: [values.asn], nextHop: values.addressV6 }));
const inOrder = (heard: readonly Heard[]): string[] => [...new Set(heard.map((one) => JSON.stringify(one)))].toSorted((one, other) => one.localeCompare(other)); // prettier-ignore

describe.skipIf(lacking !== undefined)(`two route servers and members of four kinds${lacking ? `, left out: ${lacking}` : ''}`, () => {
  beforeAll(async () => {
    lab = createLab();
    for (const { name, ...server } of SERVERS) {
      lab.host(name, server.addressV6);
      lab.bird(name, render({ ...desired, ...server }));
    }
    for (const { name } of SERVERS) await vi.waitFor(() => expect(lab.birdc(name, 'show status')).toContain('Daemon is up'), { timeout: 60_000, interval: 50 });
    present = members.filter(({ name }) => isThere(name as Kind));
    for (const member of present) {
      lab.host(member.name, member.values.addressV6);
      ROUTERS[member.name as Kind].start(lab, member);
    }
  }, 60_000); // prettier-ignore
  afterAll(() => lab?.close());

  describe.each(members)('$name', (member) => {
    const router = ROUTERS[member.name as Kind];
    test.skipIf(!isThere(member.name as Kind))(
      `exchange 48: member session establishes over IPv6 and carries IPv4 routes with IPv6 next hop, members BIRD, FRR, GoBGP, ExaBGP (each its own run): ${member.name}`,
      async () => {
        const others = present.filter((one) => one !== member);
        expect(others.length).toBeGreaterThan(0);
        await vi.waitFor(() => expect(inOrder(router.heard(lab, member))).toEqual(inOrder(others.flatMap(saidBy))), { timeout: 40_000, interval: 250 }); // prettier-ignore
        const protocol = `sy_${peerName(peerOf(member))}`;
        for (const { name } of SERVERS) {
          const session = lab.birdc(name, `show protocols all ${protocol}`);
          expect(session).toContain('Established');
          expect(session).toContain(`Neighbor address: ${member.values.addressV6}`);
          const has = lab.routes(name, `show route all protocol ${protocol}`);
          for (const prefix of Object.values(member.announces))
            expect([prefix, has.get(prefix)]).toEqual([prefix, expect.objectContaining({ as_path: String(member.values.asn), next_hop: member.values.addressV6 })]); // prettier-ignore
        }
      },
      60_000,
    );
  });
});
