import { defineModule, type PlatformJob } from '#kernel/module.ts';
import { auditAnchors } from './operations/audit.anchors.ts';
import { auditExport } from './operations/audit.export.ts';
import { auditExportsCreate } from './operations/audit.exports.create.ts';
import { auditExportsDownload } from './operations/audit.exports.download.ts';
import { auditExportsGet } from './operations/audit.exports.get.ts';
import { auditExportsList } from './operations/audit.exports.list.ts';
import { auditGet } from './operations/audit.get.ts';
import { auditHoldsCreate } from './operations/audit.holds.create.ts';
import { auditHoldsLift } from './operations/audit.holds.lift.ts';
import { auditHoldsList } from './operations/audit.holds.list.ts';
import { auditList } from './operations/audit.list.ts';
import { auditPull } from './operations/audit.pull.ts';
import { auditStreamsCreate } from './operations/audit.streams.create.ts';
import { auditStreamsDelete } from './operations/audit.streams.delete.ts';
import { auditStreamsGet } from './operations/audit.streams.get.ts';
import { auditStreamsList } from './operations/audit.streams.list.ts';
import { auditStreamsRotateSecret } from './operations/audit.streams.rotateSecret.ts';
import { auditStreamsTest } from './operations/audit.streams.try.ts';
import { auditStreamsUpdate } from './operations/audit.streams.update.ts';
import { auditVerify } from './operations/audit.verify.ts';
import { decisionsGet } from './operations/decisions.get.ts';
import { securityEventsGet } from './operations/securityEvents.get.ts';
import { securityEventsList } from './operations/securityEvents.list.ts';
import { securityEventsUpdate } from './operations/securityEvents.update.ts';
import { securityRulesList } from './operations/securityRules.list.ts';
import { securityRulesUpdate } from './operations/securityRules.update.ts';
import { usersActivity } from './operations/users.activity.ts';
import { Evidence } from './providers/port.ts';
import { events as refusals } from './security/announce.ts';
import { heard } from './security/heard.ts';
import { sweepSecurity } from './security/raise.ts';
import './problems.ts';

export { auditAnchors, auditExport, auditExportsCreate, auditExportsDownload, auditExportsGet, auditExportsList, auditGet, auditList, auditPull, auditVerify, decisionsGet }; // prettier-ignore
export { auditHoldsCreate, auditHoldsLift, auditHoldsList };
export { auditStreamsCreate, auditStreamsDelete, auditStreamsGet, auditStreamsList, auditStreamsRotateSecret, auditStreamsTest, auditStreamsUpdate };
export { usersActivity };
export { securityEventsGet, securityEventsList, securityEventsUpdate, securityRulesList, securityRulesUpdate };

const exporting = [auditExport, auditExportsCreate, auditExportsList, auditExportsGet, auditExportsDownload, auditPull];
const streaming = [
  auditStreamsList,
  auditStreamsGet,
  auditStreamsCreate,
  auditStreamsUpdate,
  auditStreamsDelete,
  auditStreamsRotateSecret,
  auditStreamsTest,
];
const holding = [auditHoldsList, auditHoldsCreate, auditHoldsLift];
const security = [securityEventsList, securityEventsGet, securityEventsUpdate, securityRulesList, securityRulesUpdate];

/** Evidence of every decision of the Gate. Its writer is a Gate step, wired in core.ts. */
export const audit = defineModule({
  name: 'audit',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [auditList, auditGet, ...exporting, auditVerify, auditAnchors, decisionsGet, ...streaming, ...holding, ...security, usersActivity],
  events: {
    ...refusals,
    'audit.chain_broken': 'The audit trail is not as it was sealed: an entry, a link or an anchor was altered, removed or put in',
    'audit.export_ready': 'A file of audit entries can be fetched',
    'audit.hold_placed': 'A legal hold keeps what is of the tenant or of a person',
    'audit.hold_lifted': 'A legal hold is no longer in force',
    'audit.stream_created': 'The audit trail is sent to another place as well',
    'audit.stream_updated': 'A stream of the audit trail was changed, paused or resumed',
    'audit.stream_deleted': 'The audit trail is no longer sent to a place',
    'audit.stream_failing': 'The audit trail does not arrive where it is sent; it is tried on',
    'audit.stream_recovered': 'The audit trail arrives again where it is sent',
    'security.event': 'Something points at an attack or a slip; `securityEventId` names it where a rule raised it',
  },
  on: { 'security.event': heard, 'audit.chain_broken': heard, 'secret.undecryptable': heard, 'sealing.failed': heard },
  hearsOf: ['secret.undecryptable', 'sealing.failed'],
  sealed: [{ table: 'audit_streams', column: 'secret_sealed', field: `'secret'` }],
  schedules: [
    { name: 'audit-months', cron: '11 * * * *', once: ({ provider }: PlatformJob) => provider(Evidence).makeMonths() },
    { name: 'audit-anchors', cron: '0 * * * *', once: ({ provider }: PlatformJob) => provider(Evidence).anchor() },
    { name: 'audit-verify', cron: '37 3 * * *', once: ({ provider }: PlatformJob) => provider(Evidence).verifyAll() },
    { name: 'audit-retention', cron: '7 3 * * *', once: ({ provider }: PlatformJob) => provider(Evidence).retain() },
    { name: 'security-sweep', cron: '47 2 * * *', platform: sweepSecurity },
  ],
});
