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
  'security-event-not-found': {
    status: 404,
    title: 'No such security event',
    meaning: 'There is no security event with this id in this tenant.',
    remedy: 'List the security events and use one of their ids.',
  },
  'security-event-open': {
    status: 409,
    title: 'Open in a newer event',
    meaning: 'The same rule and person have a newer event that is open, and one at most is.',
    remedy: 'Work on the newer event.',
  },
  'security-rule-not-found': {
    status: 404,
    title: 'No such security rule',
    meaning: 'There is no security rule of this name.',
    remedy: 'List the security rules and use one of their names.',
  },
  'hold-exists': {
    status: 409,
    title: 'Held already',
    meaning: 'A legal hold on this person, or on the whole tenant, is in force.',
    remedy: 'Leave it as it is, or lift it first.',
  },
  'hold-not-found': {
    status: 404,
    title: 'No such legal hold',
    meaning: 'There is no legal hold with this id in force in this tenant.',
    remedy: 'List the legal holds and use the id of one that is in force.',
  },
  'audit-stream-not-found': {
    status: 404,
    title: 'No such audit stream',
    meaning: 'There is no stream of the audit trail with this id in this tenant.',
    remedy: 'List the streams and use one of their ids.',
  },
  'audit-stream-name-taken': {
    status: 409,
    title: 'Name in use',
    meaning: 'Another stream of the audit trail in this tenant has this name.',
    remedy: 'Choose another name.',
  },
  'audit-stream-limit': {
    status: 409,
    title: 'Too many audit streams',
    meaning: 'The tenant has as many streams of the audit trail as it can have.',
    remedy: 'Delete one that is no longer needed.',
  },
  'export-not-found': {
    status: 404,
    title: 'No such export',
    meaning: 'There is no export with this id in this tenant, or its file is no longer kept.',
    remedy: 'Export again; files are kept for 30 days.',
  },
  'export-not-ready': {
    status: 409,
    title: 'Export not ready',
    meaning: 'The file is still being written, or could not be written.',
    remedy: 'Look at the export until its state is done, then download it.',
  },
  'export-busy': {
    status: 429,
    title: 'Too many exports at once',
    meaning: 'Several exports of this tenant are under way.',
    remedy: 'Wait until one of them is done and try again.',
  },
  'export-too-large': {
    status: 413,
    title: 'Export too large',
    meaning: 'More entries match than one export holds.',
    remedy: 'Narrow the time range or the filters, or let a worker write the file with `audit.exports.create`, which takes any number.',
  },
});
