import { pino } from 'pino';
import type { Credentials } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import type { Module } from '#kernel/module.ts';
import { provide } from '#kernel/port.ts';
import { access } from '#modules/access/index.ts';
import { audit } from '#modules/audit/index.ts';
import { governance } from '#modules/governance/index.ts';
import { identity } from '#modules/identity/index.ts';
import { createPasswords } from '#modules/identity/passwords.ts';
import { tenancy } from '#modules/tenancy/index.ts';
import { createCore, type Core } from '../../src/core.ts';
import { seedPeople } from '../../src/demo-people.ts';
import { createIam } from '../../src/people.ts';
import { TorchServer, torches, torchServer } from './torches.ts';
import { watch } from './watch.ts';

export interface CompanyOptions {
  databaseUrl: string;
  masterKey: Uint8Array;
  /** Address of the outside system, and how long it takes over each act. */
  outside: string;
  ms?: number;
  /** How long a round by the clock takes; without it there are no rounds. */
  watchMs?: number;
  works: boolean;
  /** Beside the made-up module. */
  more?: readonly Module[];
}

export const MODULES = [identity, tenancy, access, governance, audit, torches];

/** The real thing around one made-up module: the same in the test and in the processes that are killed. */
export function openCompany({ databaseUrl, masterKey, outside, ms = 0, watchMs, works, more = [] }: CompanyOptions): Promise<Core> {
  let iam: ReturnType<typeof createIam>;
  return createCore({
    databaseUrl,
    masterKey,
    modules: [...MODULES, ...more, ...(watchMs === undefined ? [] : [watch(watchMs)])],
    people: (parts) => (iam = createIam(parts)),
    adapters: () => [...iam.adapters, provide(TorchServer, torchServer(outside, ms))],
    log: pino({ level: process.env['CRASH_LOG'] ?? 'silent' }, pino.destination(2)),
    works,
    rateLimitFactor: 1000,
    poolSize: 6,
  });
}

/** API keys of who asks and who agrees. */
export async function seedCompany(core: Core): Promise<{ asks: string; agrees: string }> {
  const logins = await seedPeople(core, [], createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1 }));
  const keyOf = (role: string): string => logins.find((login) => login.role === role)!.apiKey;
  return { asks: keyOf('owner'), agrees: keyOf('approver') };
}

export const callOf = (token: string) => ({
  surface: 'rest' as const,
  credentials: { kind: 'bearer', token } satisfies Credentials,
  ip: '127.0.0.1',
  requestId: newId(),
  envelope: {},
});
