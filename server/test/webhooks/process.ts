import { pino } from 'pino';
import { governance } from '#modules/governance/index.ts';
import { webhooks } from '#modules/webhooks/index.ts';
import { createCore, type People } from '../../src/core.ts';
import { lamps } from './lamps.ts';

/** A process that dispatches events and sends what comes of them; the test starts some, and kills them. */
export interface Orders {
  databaseUrl: string;
  /** Base64. */
  masterKey: string;
  tenants: string[];
}
const { databaseUrl, masterKey, tenants } = JSON.parse(process.env['WEBHOOK_ORDERS']!) as Orders;

// Whoever started us is gone, however it ended: so are we.
process.stdin.resume().once('end', () => process.exit(0)).once('error', () => process.exit(0)); // prettier-ignore

const nobody = () => Promise.reject(new Error('nobody calls this process'));
const people: People = {
  authenticate: nobody,
  permit: nobody,
  holders: async () => [],
  rosters: { inRole: async () => [], rolesOf: async () => [], ownersOf: async () => [] },
  teams: { of: async () => [], members: async () => [] },
  revive: nobody,
  alone: async () => false,
  tenantIds: async () => tenants,
};
const core = await createCore({
  databaseUrl,
  masterKey: Buffer.from(masterKey, 'base64'),
  modules: [governance, webhooks, lamps],
  people: () => people,
  adapters: () => [],
  log: pino({ level: process.env['WEBHOOK_LOG'] ?? 'silent' }, pino.destination(2)),
  works: true,
  webhooks: { allowPrivateTargets: true },
  poolSize: 6,
});
await core.work();
process.stdout.write('ready\n');
