import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFor, type Values } from './instructions.ts';

const values: Values = {
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
const native: Values = { ...values, addressV4: '192.0.2.11', overV6: false };
const lacking = spawnSync('bird', ['--version']).error;

test('a member peers with every route server, in the families that the fabric has', () => {
  const both = configFor('bird', native);
  expect(both.match(/protocol bgp \w+/g)).toEqual(['protocol bgp rs1_fra_v6', 'protocol bgp rs1_fra_v4', 'protocol bgp rs2_fra_v6']);
  expect(both).not.toContain('extended next hop');
  expect(configFor('bird', values).match(/extended next hop on/g)).toHaveLength(2);
  const frr = configFor('frr', values);
  expect(frr.match(/capability extended-nexthop/g)).toHaveLength(2);
  expect(frr.match(/activate/g)).toHaveLength(4);
  expect(configFor('frr', native).match(/neighbor 192\.0\.2\.1 /g)).toHaveLength(5);
});

test.skipIf(lacking !== undefined)('BIRD takes what members are given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'member-'));
  try {
    for (const one of [values, native]) {
      const file = join(folder, 'bird.conf');
      writeFileSync(file, `router id 192.0.2.11;\nprotocol device {}\n${configFor('bird', one)}`);
      const { status, stderr } = spawnSync('bird', ['-p', '-c', file], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
