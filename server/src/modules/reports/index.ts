import { defineModule } from '#kernel/module.ts';
import { letGo } from './let-go.ts';
import { complianceMetrics } from './operations/compliance.metrics.ts';
import { reportsDownload } from './operations/reports.download.ts';
import { reportsGenerate } from './operations/reports.generate.ts';
import { reportsGet } from './operations/reports.get.ts';
import { reportsKinds } from './operations/reports.kinds.ts';
import { reportsList } from './operations/reports.list.ts';
import './problems.ts';

export { complianceMetrics, reportsDownload, reportsGenerate, reportsGet, reportsKinds, reportsList };

/** What auditors take with them: evidence over a range, signed, and the same bytes whenever it is asked for again. */
export const reports = defineModule({
  name: 'reports',
  after: ['governance', 'audit'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [complianceMetrics, reportsKinds, reportsGenerate, reportsList, reportsGet, reportsDownload],
  events: { 'report.ready': 'A report can be fetched' },
  schedules: [{ name: 'reports-expire', cron: '41 3 * * *', perTenant: letGo }],
});
