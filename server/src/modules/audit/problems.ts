import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'decision-not-found': {
    status: 404,
    title: 'No such decision',
    meaning: 'There is no decision with this id in this tenant, or it is not yours to see.',
    remedy: 'Use the id from `X-Switchyard-Decision`; decisions of others need audit:read. A decision on a read is kept within a second.',
  },
  'audit-entry-not-found': {
    status: 404,
    title: 'No such audit entry',
    meaning: 'There is no audit entry with this id in this tenant, or retention has let it go.',
    remedy: 'Look the entry up in the list. How long entries are kept is a setting of the tenant.',
  },
  'export-too-large': {
    status: 413,
    title: 'Export too large',
    meaning: 'More entries match than one export holds.',
    remedy: 'Narrow the time range or the filters and export in parts.',
  },
});
