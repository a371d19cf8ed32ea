import { defineModule } from '#kernel/module.ts';
import { letGo } from './let-go.ts';
import { complianceMetrics } from './operations/compliance.metrics.ts';
import { reportsDownload } from './operations/reports.download.ts';
import { reportsGenerate } from './operations/reports.generate.ts';
import { reportsGet } from './operations/reports.get.ts';
import { reportsKinds } from './operations/reports.kinds.ts';
import { reportsList } from './operations/reports.list.ts';
import { reportSchedulesCreate } from './operations/reportSchedules.create.ts';
import { reportSchedulesDelete } from './operations/reportSchedules.delete.ts';
import { reportSchedulesList } from './operations/reportSchedules.list.ts';
import { reportSchedulesRuns } from './operations/reportSchedules.runs.ts';
import { reportSchedulesUpdate } from './operations/reportSchedules.update.ts';
import './problems.ts';
import { tickSchedules } from './schedules/run.ts';

export { complianceMetrics, reportsDownload, reportsGenerate, reportsGet, reportsKinds, reportsList };
export { reportSchedulesCreate, reportSchedulesDelete, reportSchedulesList, reportSchedulesRuns, reportSchedulesUpdate };

/** What auditors take with them: evidence over a range, signed, and the same bytes whenever it is asked for again. */
export const reports = defineModule({
  name: 'reports',
  after: ['governance', 'audit'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    complianceMetrics, reportsKinds, reportsGenerate, reportsList, reportsGet, reportsDownload,
    reportSchedulesList, reportSchedulesCreate, reportSchedulesUpdate, reportSchedulesDelete, reportSchedulesRuns,
  ], // prettier-ignore
  events: {
    'report.ready': 'A report can be fetched',
    'reportSchedule.created': 'A report is made by the clock from now on',
    'reportSchedule.updated': 'When, for whom or about what a report is made by the clock was changed',
    'reportSchedule.deleted': 'A report is no longer made by the clock',
    'reportSchedule.delivered': 'A report that the clock asked for is there, and its recipients are told',
    'reportSchedule.failed': 'A report that the clock asked for could not be made',
  },
  schedules: [
    { name: 'reports-expire', cron: '41 3 * * *', perTenant: letGo },
    { name: 'report-schedules', cron: '* * * * *', outside: tickSchedules },
  ],
});
