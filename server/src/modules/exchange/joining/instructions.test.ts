import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { policyText } from '../render/policy.ts';
import { communitiesFor, configFor, PLATFORMS, type Platform } from './instructions.ts';
import type { Values } from './routers/sessions.ts';

const over: Values = {
  asn: 20_001,
  rsAsn: 64_500,
  addressV6: '2001:db8:100:0:2:1:0:1',
  addressV4: null,
  overV6: true,
  routeServers: [
    { name: 'rs1-fra', addressV6: '2001:db8:100::1', addressV4: '192.0.2.1' },
    { name: 'rs2-fra', addressV6: '2001:db8:100::2', addressV4: null },
  ],
};
/** IPv4 over IPv6, in sessions of its own, and not at all. */
const WAYS = { rfc8950: over, native: { ...over, addressV4: '192.0.2.11', overV6: false }, none: { ...over, overV6: false } } as const;
const golden = (platform: Platform, way: string): string => readFileSync(new URL(`./routers/golden/${platform}.${way}.txt`, import.meta.url), 'utf8');

test.each(PLATFORMS)('%s: a member is told of every route server, in the families that the fabric has', (platform) => {
  for (const way of ['rfc8950', 'native'] as const) expect(configFor(platform, WAYS[way])).toBe(golden(platform, way));
  expect(configFor(platform, WAYS.none)).not.toMatch(/192\.0\.2|ipv4-unicast|extended|IPv4 unicast|afi=ip /);
});

/** How each program reads a configuration without acting on it, and what it needs besides the sessions. RouterOS runs on routers alone. */
const READERS: Readonly<Record<Exclude<Platform, 'routeros'>, { command: string; reads: (file: string) => string[]; before?: string }>> = {
  bird: { command: 'bird', reads: (file) => ['-p', '-c', file], before: 'router id 192.0.2.11;\nprotocol device {}\n' },
  frr: { command: 'vtysh', reads: (file) => ['-C', '-f', file] },
  gobgp: { command: 'gobgpd', reads: (file) => ['--dry-run', '-f', file], before: '[global.config]\n  as = 20001\n  router-id = "192.0.2.11"\n' },
  openbgpd: { command: 'bgpd', reads: (file) => ['-n', '-f', file], before: 'AS 20001\n' },
};
/** No such option: some say so and end, and none of them starts. */
const isThere = (command: string): boolean => spawnSync(command, ['--version'], { timeout: 10_000 }).error === undefined;

describe.each(Object.entries(READERS))('%s itself', (_platform, { command, reads, before = '' }) => {
  test.skipIf(!isThere(command))('takes what members are given, and not what is misspelt', () => {
    const folder = mkdtempSync(join(tmpdir(), 'member-'));
    const file = join(folder, 'member.conf');
    const takes = (text: string): boolean => {
      writeFileSync(file, before + text, { mode: 0o600 });
      return spawnSync(command, reads(file), { encoding: 'utf8', timeout: 30_000 }).status === 0;
    };
    try {
      for (const values of Object.values(WAYS)) {
        const config = configFor(_platform as Platform, values);
        expect([takes(config), takes(config.replaceAll('neighbor', 'neigbour'))], config).toEqual([true, false]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('RouterOS, which no parser was to be had of, is told nothing but words that it has', () => {
  const words = [...configFor('routeros', WAYS.native).matchAll(/ ([a-z0-9.-]+)=/g)].map(([, word]) => word);
  expect(new Set(words)).toEqual(new Set(['name', 'as', 'instance', 'afi', 'local.address', 'local.role', 'remote.address', 'remote.as', 'input.limit-process-routes-ipv6', 'input.limit-process-routes-ipv4'])); // prettier-ignore
});

test('the communities that members are told of are those that route servers act on', () => {
  const told = communitiesFor(64_500);
  expect(told.map(({ community }) => community)).toEqual([
    '64500:0:<ASN>',
    '64500:0:0',
    '64500:1:<ASN>',
    '64500:101:<ASN>',
    '64500:102:<ASN>',
    '64500:103:<ASN>',
  ]);
  const policy = policyText({ rpki: 'enforce', irr: 'off', drains: false });
  for (const { community } of told) expect(policy).toContain(`(RS_AS, ${community.split(':').slice(1).join(', ').replace('<ASN>', 'peer_as')})`);
});
