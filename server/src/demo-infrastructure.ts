import type { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import type { Call } from '#kernel/gate.ts';
import type { Operation } from '#kernel/operation.ts';
import {
  cloudsCreate,
  cloudsList,
  serversCreate,
  serversList,
  serversResize,
  serversStop,
  simulatorActor,
  simulatorClock,
  simulatorFaults,
} from '#modules/clouds/index.ts';
import { dnsCreateRecord, dnsCreateZone, dnsListZones } from '#modules/dns/index.ts';
import { changesApprove, changesGet } from '#modules/governance/index.ts';
import { demoRecords } from '#modules/dns/demo.ts';
import { calendarsCreate, calendarsEntriesCreate, policiesCreate, policiesVersionsActivate } from '#modules/policies/index.ts';
import type { Core } from './core.ts';
import type { DemoLogin } from './demo-people.ts';
import { DEMO_CALENDAR, DEMO_POLICIES, yearEnd } from './demo-policies.ts';

interface Wish {
  name: string;
  region: string;
  size: string;
  image: string;
  environment: string;
  labels: Record<string, string>;
}

const server = (
  name: string,
  environment: string,
  size = 'std-1',
  labels: Record<string, string> = {},
  region = 'sim-eu-1',
  image = 'debian-13',
): Wish => ({ name, region, size, image, environment, labels });

const SERVERS: readonly Wish[] = [
  server('web-1', 'prod', 'std-2', { app: 'shop', tier: 'web' }),
  server('web-2', 'prod', 'std-2', { app: 'shop', tier: 'web' }, 'sim-eu-2'),
  server('db-1', 'prod', 'std-4', { app: 'shop', tier: 'db' }),
  server('mail-1', 'prod', 'std-1', { app: 'mail' }),
  server('stage-web-1', 'staging', 'std-1', { app: 'shop', tier: 'web' }),
  server('stage-db-1', 'staging', 'std-2', { app: 'shop', tier: 'db' }),
  server('ci-1', 'lab', 'std-4', { app: 'ci' }),
  server('ci-2', 'lab', 'std-4', { app: 'ci' }),
  server('lab-rs-1', 'lab', 'std-1', { app: 'exchange' }, 'sim-eu-2'),
  server('lab-probe', 'lab', 'std-1'),
];

const MINUTE = 60_000;

/** Does by the Gate what a company would have done, as its people, so that whatever is seen in the demo has a Change, an approval and a trail. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createDemoCompany({ gate, now }: Core, people: readonly DemoLogin[]) {
  const callAs = (role: string, envelope: Call['envelope'] = {}): Call => {
    const login = people.find((person) => person.role === role && person.tenant === 'acme')!;
    return { surface: 'internal', credentials: { kind: 'bearer', token: login.apiKey }, ip: null, requestId: newId(), envelope };
  };

  async function settled(id: string): Promise<string> {
    // Asked less and less often: on a slow machine it must not use up the owner's calls.
    for (let [end, pause] = [Date.now() + MINUTE, 60]; Date.now() < end; pause = Math.min(pause * 1.5, 2_000)) {
      const seen = await gate.pass(changesGet, { id }, callAs('owner'));
      if (seen.status === 'done' && seen.output.endedAt) return seen.output.state;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return 'running';
  }

  /** Asks, and has it approved where a rule demands that. */
  async function ask<I extends z.ZodObject, O extends z.ZodType>(
    role: string,
    operation: Operation<I, O>,
    input: z.input<I>,
    comment?: string,
  ): Promise<z.output<O> | string> {
    const passed = await gate.pass(operation, input, callAs(role, comment === undefined ? {} : { comment }));
    if (passed.status === 'done') return passed.output;
    if (passed.status !== 'accepted') throw new Error(`${operation.name} was only planned`);
    if (passed.change.state === 'awaiting_approval') await gate.pass(changesApprove, { id: passed.change.id }, callAs('approver'));
    return settled(passed.change.id);
  }

  async function connection(kind: 'simulated' | 'embedded-dns', name: string, config: Record<string, number>): Promise<string> {
    const made = await ask('owner', cloudsCreate, { kind, name, config });
    return (made as { id: string }).id;
  }

  return {
    async isEmpty(): Promise<boolean> {
      const found = await gate.pass(cloudsList, {}, callAs('owner'));
      return found.status === 'done' && found.output.items.length === 0;
    },

    /** Clouds, servers, zones; then what a day leaves behind: something waiting, something failed, something changed by hand. */
    async build(): Promise<void> {
      const cloud = await connection('simulated', 'Simulated cloud', { speed: 500 });
      const names = await connection('embedded-dns', 'Name server', {});
      const making = SERVERS.map((wish) => ask('developer', serversCreate, { connectionId: cloud, ...wish }, 'Set up the demo'));
      const zone = ask(
        'developer',
        dnsCreateZone,
        { name: 'acme.test', connectionId: names, environment: 'prod', records: [...demoRecords('acme.test')] },
        'Set up the demo',
      );
      const lab = ask('developer', dnsCreateZone, { name: 'lab.acme.test', connectionId: names, environment: 'lab' });
      await Promise.all([...making, zone, lab]);
      await this.live(cloud);
      await this.agree();
    },

    /** A freeze, and rules that two people have put into force. */
    async agree(): Promise<void> {
      const calendar = await ask('owner', calendarsCreate, DEMO_CALENDAR);
      if (typeof calendar === 'object') await ask('owner', calendarsEntriesCreate, { calendarId: calendar.id, ...yearEnd(now()) });
      const set = await ask('owner', policiesCreate, { document: DEMO_POLICIES, message: 'What we agreed on in the team' });
      if (typeof set === 'object') await ask('owner', policiesVersionsActivate, { id: set.id, number: 1 }, 'Agreed on in the team');
    },

    async live(cloud: string): Promise<void> {
      const found = await gate.pass(serversList, { limit: 200 }, callAs('owner'));
      const servers = found.status === 'done' ? found.output.items : [];
      const idOf = (name: string): string => servers.find((one) => one.name === name)?.id ?? '';
      await ask('developer', serversStop, { id: idOf('lab-probe') }, 'Not needed this week');
      await ask('owner', simulatorFaults, { connectionId: cloud, faults: [{ operation: 'create', kind: 'capacity', count: 1 }] });
      await ask('developer', serversCreate, { connectionId: cloud, ...server('burst-1', 'lab', 'std-4') }, 'More room for the load test');
      await ask('owner', simulatorFaults, { connectionId: cloud, faults: [] });
      await ask('owner', simulatorActor, { connectionId: cloud, edits: [{ act: 'edit', server: 'ci-2', labels: { owner: 'unknown' } }] });
      await ask('owner', simulatorClock, { connectionId: cloud, rate: 1 });
      const zones = await gate.pass(dnsListZones, {}, callAs('owner'));
      const zone = zones.status === 'done' ? zones.output.items.find(({ name }) => name === 'acme.test') : undefined;
      const urgent = callAs('developer', { comment: 'The new shop goes live tonight', ticket: 'ACME-142' });
      if (zone) await gate.pass(dnsCreateRecord, { id: zone.id, name: 'shop', type: 'A', value: '192.0.2.44', ttl: 300 }, urgent);
      await gate.pass(serversResize, { id: idOf('web-1'), size: 'std-4' }, callAs('developer', { comment: 'Checkout is slow in the evenings' }));
    },
  };
}
