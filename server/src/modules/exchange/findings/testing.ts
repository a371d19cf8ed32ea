import { readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import type { RouteHost } from '../fixtures/route-host.ts';
import type { RouteServerStatus } from '../ssh/schemas.ts';
import type { RouteWorld } from '../ssh/testing.ts';
import { exchangeDriftRepair } from './operations/exchange.drift.repair.ts';
import type { Drift } from './schemas.ts';

interface DriftLab {
  all: RouteWorld;
  ana: Person;
  otto: Person;
  status: (id: string) => Promise<z.output<typeof RouteServerStatus>>;
  drift: (state?: 'repaired') => Promise<z.output<typeof Drift>[]>;
  /** Every server has confirmed what is wanted of it. */
  settled: () => Promise<void>;
  generation: (host: RouteHost) => string;
  begins: (host: RouteHost) => string;
}

/** What somebody does to a server by hand, in the laboratory of `ssh/lab.test.ts`. */
// oxlint-disable-next-line max-lines-per-function -- two scenarios with the steps that they are made of
export function driftScenarios(lab: () => DriftLab): void {
  test('exchange 66: drift: edit a peer file; load another config by hand; delete a protocol; `birdc disable` a peer: each found within 60 s (full compare for files), handled per 11.9', async () => {
    const { all, ana, otto, status, drift, settled, generation, begins } = lab();
    const { world, rs1, watch } = all;
    const findings = async () => (await status('rs1')).following!.findings.map((found) => found.class);
    const number = generation(rs1);
    const mended = async (kind: string) => {
      await all.until(async () => {
        await watch();
        expect(await findings()).toContain(kind);
      });
      await settled();
      await watch();
      expect(await findings()).toEqual([]);
    };
    const file = `${rs1.at('base/current')}/base.conf`;
    writeFileSync(file, `${readFileSync(file, 'utf8')}# by hand\n`);
    await mended('file_tampered');
    expect(readFileSync(file, 'utf8')).not.toContain('by hand');
    unlinkSync(rs1.at('base/current'));
    symlinkSync('generations/0', rs1.at('base/current'));
    await mended('current_link');
    writeFileSync(rs1.at('other.conf'), 'router id 192.0.2.1;\nprotocol device { }\n');
    rs1.birdc(`configure "${rs1.at('other.conf')}"`);
    await mended('unmanaged_generation');
    expect([generation(rs1), begins(rs1)]).toEqual([number, `generations/${number}`]);
    writeFileSync(rs1.at('other.conf'), `define SY_GENERATION = ${number};\nrouter id 192.0.2.1;\nprotocol device { }\n`);
    rs1.birdc(`configure "${rs1.at('other.conf')}"`);
    await mended('protocol_missing');
    const name = rs1
      .birdc('show protocols')
      .split('\n')
      .find((line) => line.startsWith('sy_as20001'))!
      .split(' ')[0]!;
    rs1.birdc(`disable ${name}`);
    await watch();
    expect(await findings()).toEqual(['protocol_disabled']);
    await watch();
    expect(rs1.birdc(`show protocols ${name}`)).toContain('down'); // somebody did it on purpose
    // It is put before somebody, once.
    const [asked] = await drift();
    expect(asked).toMatchObject({ class: 'protocol_disabled', mode: 'propose', state: 'open', changeId: expect.any(String) });
    await world.approve({ id: asked!.changeId! }, otto);
    expect((await world.settled({ id: asked!.changeId! }, ana)).state).toBe('succeeded');
    expect(rs1.birdc(`show protocols ${name}`)).not.toContain('down');
    const repaired = (await drift('repaired')).filter(({ routeServer }) => routeServer === 'rs1').toReversed();
    expect(repaired.filter(({ class: kind }) => /file|link|unmanaged|disabled/.test(kind)).map(({ class: kind, mode }) => `${kind} ${mode}`)).toEqual(
      ['file_tampered auto', 'current_link auto', 'unmanaged_generation auto', 'protocol_disabled propose'],
    );
  }, 120_000);

  test('exchange 67: repair loop (a script that reverts): falls back to `propose` after 5', async () => {
    const { all, ana, otto, drift, settled } = lab();
    const { world, rs1, watch } = all;
    const file = `${rs1.at('base/current')}/base.conf`;
    const revert = () => writeFileSync(file, `${readFileSync(file, 'utf8')}# again\n`);
    const mends = async () => new Set((await drift('repaired')).filter(({ mode }) => mode === 'auto').map(({ changeId }) => changeId)).size;
    for (let times = await mends(); times < 5; times += 1) {
      revert();
      await watch();
      await all.until(async () => expect(await mends()).toBe(times + 1));
      await settled();
    }
    revert();
    await watch();
    await settled();
    const [left] = await drift();
    expect(left).toMatchObject({ class: 'file_tampered', mode: 'propose', severity: 'critical', state: 'open', changeId: expect.any(String) });
    expect(await world.settled({ id: left!.changeId! }, ana, { states: ['awaiting_approval'] })).toMatchObject({
      operation: 'exchange.routeServers.apply',
    });
    expect(readFileSync(file, 'utf8')).toContain('# again');
    await watch();
    expect(await drift()).toMatchObject([{ changeId: left!.changeId }]);
    expect((await world.carriedOut(exchangeDriftRepair, { id: left!.id }, ana, otto)).state).toBe('succeeded');
    expect(readFileSync(file, 'utf8')).not.toContain('# again');
    expect(await drift()).toEqual([]);
  }, 120_000);
}
