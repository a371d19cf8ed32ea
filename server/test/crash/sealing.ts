import { openDatabases } from '#kernel/database.ts';
import { sealOnce } from '#modules/audit/chain/sealer.ts';

const { databaseUrl, masterKey } = JSON.parse(process.env['SEALING_ORDERS']!) as { databaseUrl: string; masterKey: string };

// Whoever started us is gone, however it ended: so are we.
process.stdin.resume().once('end', () => process.exit(0)).once('error', () => process.exit(0)); // prettier-ignore

const databases = openDatabases({ url: databaseUrl, masterKey: Buffer.from(masterKey, 'base64'), poolSize: 2 });
process.stdout.write('ready\n');
for (;;) await sealOnce(databases, () => new Date());
