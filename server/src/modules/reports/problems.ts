import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'report-not-found': {
    status: 404,
    title: 'No such report',
    meaning: 'There is no report with this id in this tenant, it is no longer kept, or it holds more than you reach.',
    remedy: 'List the reports, or make it again with the same parameters and cut-off: its bytes are the same.',
  },
  'report-not-ready': {
    status: 409,
    title: 'Report not ready',
    meaning: 'The file is still being written, or could not be written.',
    remedy: 'Look at the report until its state is done, then download it.',
  },
  'report-busy': {
    status: 429,
    title: 'Too many reports at once',
    meaning: 'Several reports of this tenant are under way.',
    remedy: 'Wait until one of them is done and try again.',
  },
  'report-too-large': {
    status: 413,
    title: 'Report too large',
    meaning: 'More rows match than a PDF holds.',
    remedy: 'Narrow the range or the filters, or take CSV or NDJSON, which hold any number.',
  },
  'report-whole-tenant': {
    status: 403,
    title: 'Report concerns the whole tenant',
    meaning: 'This kind of report tells of all people of the tenant, and your grants reach a part of it only.',
    remedy: 'Ask somebody whose Scope is everything, such as an auditor, or choose a kind that is cut to your Scope.',
  },
  'report-schedule-not-found': {
    status: 404,
    title: 'No such schedule',
    meaning: 'There is no schedule of reports with this id in this tenant, or it is somebody else’s and you reach a part of the tenant only.',
    remedy: 'See `reportSchedules.list`.',
  },
  'report-schedule-name-taken': {
    status: 409,
    title: 'Name is taken',
    meaning: 'Another schedule of reports in this tenant has this name.',
    remedy: 'Choose another name.',
  },
  'report-schedule-limit': {
    status: 409,
    title: 'Too many schedules',
    meaning: 'The tenant has as many schedules of reports as it may have.',
    remedy: 'Delete one that nobody needs.',
  },
});
