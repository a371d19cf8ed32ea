import { pino } from 'pino';
import { audit } from '#modules/audit/index.ts';
import { governance } from '#modules/governance/index.ts';
import { createCore, type People } from '../../src/core.ts';

/** A process that seals and streams; the test starts some, and kills them. */
export interface Orders {
  databaseUrl: string;
  /** Base64. */
  masterKey: string;
  tenants: string[];
}
const { databaseUrl, masterKey, tenants } = JSON.parse(process.env['STREAM_ORDERS']!) as Orders;

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
  modules: [governance, audit],
  people: () => people,
  adapters: () => [],
  log: pino({ level: 'silent' }, pino.destination(2)),
  works: true,
  webhooks: { allowPrivateTargets: true },
  poolSize: 6,
});
await core.work();
process.stdout.write('ready\n');
