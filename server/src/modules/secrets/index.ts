import { defineModule, type PlatformJob } from '#kernel/module.ts';
import { secretsAccessLog } from './operations/secrets.accessLog.ts';
import { secretsCreate } from './operations/secrets.create.ts';
import { secretsDelete } from './operations/secrets.delete.ts';
import { secretsGet } from './operations/secrets.get.ts';
import { secretsList } from './operations/secrets.list.ts';
import { secretsRestore } from './operations/secrets.restore.ts';
import { secretsRollback } from './operations/secrets.rollback.ts';
import { secretsRotate } from './operations/secrets.rotate.ts';
import { secretsUpdate } from './operations/secrets.update.ts';
import { secretsVersions } from './operations/secrets.versions.ts';
import './problems.ts';
import { Vault } from './providers/port.ts';
import { purge } from './purge.ts';

export {
  secretsAccessLog, secretsCreate, secretsDelete, secretsGet, secretsList, secretsRestore, secretsRollback, secretsRotate, secretsUpdate, secretsVersions,
}; // prettier-ignore

/** Values that nobody is shown, by name: sealed, in versions, and with a log of who had them. */
export const secrets = defineModule({
  name: 'secrets',
  after: ['governance'],
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [
    {
      table: 'secret_versions',
      column: 'sealed',
      row: 't.secret_id',
      field: `(select 'value:' || s.kind || ':' || t.number || ':' || s.name from secrets s where s.tenant_id = t.tenant_id and s.id = t.secret_id)`,
    },
  ],
  operations: [
    secretsList, secretsGet, secretsCreate, secretsUpdate, secretsDelete, secretsRestore, secretsRotate, secretsRollback, secretsVersions, secretsAccessLog,
  ], // prettier-ignore
  events: {
    'secret.created': 'A secret or variable was stored',
    'secret.updated': 'A secret or variable was changed',
    'secret.rotated': 'The value of a secret was replaced, or an earlier one put in force again',
    'secret.deleted': 'A secret or variable was deleted; it can be restored for 30 days',
    'secret.restored': 'A deleted secret came back',
    'secret.undecryptable': 'A stored value does not open where it lies',
  },
  sealed: [
    {
      table: 'secret_versions',
      column: 'sealed',
      row: 't.secret_id',
      // As `valuePlace` says it.
      field: `(select 'value:' || s.kind || ':' || t.number || ':' || s.name from secrets s where s.tenant_id = t.tenant_id and s.id = t.secret_id)`,
    },
  ],
  schedules: [
    { name: 'secrets-purge', cron: '53 2 * * *', perTenant: purge },
    { name: 'secrets-log-months', cron: '19 3 * * *', once: ({ provider }: PlatformJob) => provider(Vault).upkeep() },
  ],
});
