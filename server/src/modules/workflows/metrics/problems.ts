import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'workflow-metric-not-found': {
    status: 404,
    title: 'No such metric',
    meaning: 'There is no series with this id in this tenant, or your grants do not reach it.',
    remedy: 'List the metrics and use an id from there.',
  },
  'workflow-metrics-full': {
    status: 422,
    title: 'No further metric fits',
    meaning: 'A tenant has a bounded number of series, and a series a bounded number of samples: metrics are figures to look at and to decide by, not a warehouse.',
    remedy: 'Use fewer labels with many values, keep figures less often, or delete series that nobody needs. Samples go after 30 days, and so do series that have none left.',
  },
  'workflow-metric-unit-differs': {
    status: 409,
    title: 'Another unit',
    meaning: 'The series is kept in another unit: figures in two units cannot be held against each other.',
    remedy: 'Keep it in the unit of the series, or under another name.',
  },
}); // prettier-ignore
