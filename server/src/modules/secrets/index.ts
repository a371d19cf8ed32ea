import { defineModule, type PlatformJob } from '#kernel/module.ts';
import { secretEvents } from './events.ts';
import { secretsInject } from './inject/operations/secrets.inject.ts';
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
import { remind } from './reminders/remind.ts';
import { secretsCreateFromTemplate } from './templates/operations/secrets.createFromTemplate.ts';
import { secretTemplatesGet } from './templates/operations/secretTemplates.get.ts';
import { secretTemplatesList } from './templates/operations/secretTemplates.list.ts';
import { sweepExports } from './transfer/archives.ts';
import { secretsExport } from './transfer/operations/secrets.export.ts';
import { secretsExportsDownload } from './transfer/operations/secrets.exports.download.ts';
import { secretsImport } from './transfer/operations/secrets.import.ts';
import { envVarsCreate } from './variables/operations/envVars.create.ts';
import { envVarsDelete } from './variables/operations/envVars.delete.ts';
import { envVarsList } from './variables/operations/envVars.list.ts';
import { envVarsUpdate } from './variables/operations/envVars.update.ts';

export {
  secretsAccessLog, secretsCreate, secretsDelete, secretsGet, secretsList, secretsRestore, secretsRollback, secretsRotate, secretsUpdate, secretsVersions,
  secretsImport, secretsExport, secretsExportsDownload, secretsInject, secretTemplatesList, secretTemplatesGet, secretsCreateFromTemplate,
  envVarsList, envVarsCreate, envVarsUpdate, envVarsDelete,
}; // prettier-ignore

/** Values that nobody is shown, by name: sealed, in versions, and with a log of who had them. */
export const secrets = defineModule({
  name: 'secrets',
  after: ['governance'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    secretsList, secretsGet, secretsCreate, secretsUpdate, secretsDelete, secretsRestore, secretsRotate, secretsRollback, secretsVersions, secretsAccessLog,
    secretsImport, secretsExport, secretsExportsDownload, secretsInject, secretTemplatesList, secretTemplatesGet, secretsCreateFromTemplate,
    envVarsList, envVarsCreate, envVarsUpdate, envVarsDelete,
  ], // prettier-ignore
  events: secretEvents,
  sealed: [
    {
      table: 'secret_versions',
      column: 'sealed',
      row: 't.secret_id',
      // As `valuePlace` says it.
      field: `(select 'value:' || s.kind || ':' || t.number || ':' || s.name from secrets s where s.tenant_id = t.tenant_id and s.id = t.secret_id)`,
    },
    // For minutes only.
    { table: 'secret_exports', column: 'sealed', field: "'sealed'" },
  ],
  schedules: [
    { name: 'secrets-purge', cron: '53 2 * * *', perTenant: purge },
    { name: 'secrets-reminders', cron: '7 * * * *', perTenant: remind },
    { name: 'secrets-exports', cron: '* * * * *', platform: sweepExports },
    { name: 'secrets-log-months', cron: '19 3 * * *', once: ({ provider }: PlatformJob) => provider(Vault).upkeep() },
  ],
});
