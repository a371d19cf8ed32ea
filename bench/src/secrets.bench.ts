import { openDatabases } from '../../server/src/kernel/database.ts';
import { newId } from '../../server/src/kernel/ids.ts';
import { createSealer } from '../../server/src/kernel/seal.ts';
import { createReferences } from '../../server/src/modules/secrets/references.ts';
import { createVault } from '../../server/src/modules/secrets/vault.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, note, quantile } from './lib/figures.ts';

const STORED = 200;
const TIMES = 3_000;

/** A reference becomes its value: found by name and place, opened, and written into the access log before anybody gets it. */
await withDatabase(async ({ url, masterKey, sql }) => {
  const databases = openDatabases({ url, masterKey });
  const vault = createVault({
    databases,
    sealer: createSealer(masterKey),
    live: { publish: () => undefined },
    now: () => new Date(),
    log: { error: (fault: unknown) => console.error(fault) } as never,
    upkeep: async () => { throw new Error('not asked for here'); },
    holds: { isHeld: async () => false },
    permit: async () => [],
  }); // prettier-ignore
  const references = createReferences(vault);
  const tenantId = newId();
  for (let n = 0; n < STORED; n++) {
    const secret = { tenantId, id: newId(), kind: 'secret' as const, type: 'secret' as const, name: `SECRET_${n}` };
    const sealed = await databases.tenant({ tenantId }, (db) => vault.seal(db, secret, 1, `value-${n}-`.padEnd(400, 'x')));
    await sql(
      `insert into secrets (tenant_id, id, kind, name, scope, type, description, tags, current_version, rotated_at, created_by, created_by_name)
       values ($1, $2, 'secret', $3, 'workspace', 'secret', '', '{}', 1, now(), 'bench', 'bench')`,
      [tenantId, secret.id, secret.name],
    );
    await sql(
      `insert into secret_versions (tenant_id, id, secret_id, number, sealed, bytes, generated, created_by, created_by_name)
       values ($1, $2, $3, 1, $4, 400, false, 'bench', 'bench')`,
      [tenantId, newId(), secret.id, sealed],
    );
  }
  await sql('vacuum analyze secrets, secret_versions');
  const actor = { kind: 'system' as const, id: 'system:bench', name: 'system:bench', ip: null };
  const times: number[] = [];
  for (let n = 0; n < TIMES + 500; n++) {
    await databases.tenant({ tenantId }, async (db) => {
      const from = performance.now();
      const [value] = await references.resolve(db, { tenantId, actor, operation: 'bench', purpose: 'bench' }, [`secret://SECRET_${n % STORED}`]);
      if (n >= 500) times.push(performance.now() - from); // before that, the code is not hot
      if (!value?.startsWith(`value-${n % STORED}-`)) throw new Error('that is another value');
    });
  }
  atMost('secret resolved, with its log entry, p50', quantile(times, 0.5), 'ms', 1);
  note('secret resolved, with its log entry, p99', quantile(times, 0.99), 'ms');
  await databases.close();
});
