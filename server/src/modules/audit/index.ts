import { defineModule } from '#kernel/module.ts';
import { auditExport } from './operations/audit.export.ts';
import { auditList } from './operations/audit.list.ts';
import { decisionsGet } from './operations/decisions.get.ts';
import './problems.ts';

export { auditExport, auditList, decisionsGet };

/** Evidence of every decision of the Gate. Its writer is a Gate step, wired in app.ts. */
export const audit = defineModule({
  name: 'audit',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [auditList, auditExport, decisionsGet],
});
