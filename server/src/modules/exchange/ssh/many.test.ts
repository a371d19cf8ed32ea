import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { impactOf } from '../applying/impact.ts';
import { createLab, lacking, type Lab } from '../fixtures/lab.ts';
import { createProgram } from '../fixtures/program.ts';
import type { Peer } from '../render/peer.ts';
import { render, type Bundle } from '../render/render.ts';

const RS = 64_500;
const SERVER = '2001:db8:100::1';
const desired = { rsAsn: RS, routerId: '192.0.2.1', addressV6: SERVER, addressV4: null, ipv4Mode: 'rfc8950', rpkiMode: 'monitor', rtrServers: [] } as const; // prettier-ignore
/** Of the first there is a real one, the others never answer. */
const peerAt = (at: number): Peer => ({
  asn: 20_001 + at,
  tag: (0xaa_00_00 + at).toString(16),
  addressV6: `2001:db8:100::${(at + 16).toString(16)}`,
  addressV4: null,
  suspended: false,
  roleStrict: false,
  maxPrefixesV4: null,
  maxPrefixesV6: null,
});
const peers = (count: number): Peer[] => Array.from({ length: count }, (_, at) => peerAt(at));

let lab: Lab;
describe.skipIf(lacking !== undefined)(`a route server with many members${lacking ? `, left out: ${lacking}` : ''}`, () => {
  beforeAll(() => {
    lab = createLab();
    lab.host('rs', SERVER);
    lab.host('m1', peerAt(0).addressV6);
    const begin = 'define SY_GENERATION = 0;\nrouter id 192.0.2.1;\nipv4 table master4 sorted;\nipv6 table master6 sorted;\nprotocol device { }\n';
    lab.bird('rs', { files: [{ path: 'main.conf', content: begin }] });
    const session = `protocol bgp lan { local ${peerAt(0).addressV6} as 20001; neighbor ${SERVER} as ${RS}; local role rs_client; connect delay time 1; connect retry time 1; error wait time 1, 2; ipv6 { import all; export none; }; }`;
    lab.bird('m1', { files: [{ path: 'main.conf', content: `router id 10.0.0.1;\nprotocol device { }\n${session}\n` }] });
  });
  afterAll(() => lab?.close());

  test('exchange 76: 500 peers on one server (dummy neighbours): render, stage, check, arm, confirm within 15 s; a 501st adds without touching any session', async () => {
    const log = lab.path('rs', 'bird.log');
    const program = createProgram(lab.path('rs', 'base'), lab.path('rs', 'bird.ctl'));
    const files = (count: number): Bundle['files'] =>
      render({ ...desired, peers: peers(count) }).files.map((file) => (file.path === 'main.conf' ? { ...file, content: `log "${log}" all;\n${file.content}` } : file)); // prettier-ignore
    await vi.waitFor(() => expect(lab.birdc('rs', 'show status')).toContain('Daemon is up'), { timeout: 60_000, interval: 50 });
    const from = performance.now();
    program.load(1, files(500));
    expect(performance.now() - from).toBeLessThan(15_000);
    expect(JSON.parse(program.say('hello'))).toMatchObject({ generation: 1, current: 1, pending: false });
    const sessions = () => lab.birdc('rs', 'show protocols').split('\n').filter((line) => line.startsWith('sy_as')); // prettier-ignore
    await vi.waitFor(() => expect(sessions()[0]).toContain('Established'), { timeout: 60_000, interval: 100 });
    const [before, read] = [sessions(), readFileSync(log, 'utf8').length];
    expect(before).toHaveLength(500);

    program.load(2, files(501));
    const { added, restarted, reloaded, removed } = impactOf(files(500), files(501));
    expect({ added, restarted, reloaded, removed }).toEqual({ added: ['as20501_aa01f4'], restarted: [], reloaded: [], removed: [] });
    expect(sessions().slice(0, 500)).toEqual(before);
    expect(sessions()).toHaveLength(501);
    const said = readFileSync(log, 'utf8').slice(read);
    expect(said.match(/(?:Adding|Removing|Restarting|Reloading) \w+ sy_\w+/g)).toEqual(['Adding protocol sy_as20501_aa01f4']);
  }, 60_000);
});
