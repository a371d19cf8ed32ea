import { defineModule } from '#kernel/module.ts';
import { governanceEvents } from './events.ts';
import { expireChanges } from './expire.ts';
import { tickApprovals } from './approvals/clock.ts';
import { approvalsApprove } from './operations/approvals.approve.ts';
import { approvalsCancel } from './operations/approvals.cancel.ts';
import { approvalsDelegate } from './operations/approvals.delegate.ts';
import { approvalsDelegationsCreate } from './operations/approvals.delegations.create.ts';
import { approvalsDelegationsList } from './operations/approvals.delegations.list.ts';
import { approvalsDelegationsRevoke } from './operations/approvals.delegations.revoke.ts';
import { approvalsEscalate } from './operations/approvals.escalate.ts';
import { approvalsGet } from './operations/approvals.get.ts';
import { approvalsList } from './operations/approvals.list.ts';
import { approvalsReject } from './operations/approvals.reject.ts';
import { approvalsRevoke } from './operations/approvals.revoke.ts';
import { changesApply } from './operations/changes.apply.ts';
import { changesApprove } from './operations/changes.approve.ts';
import { changesCancel } from './operations/changes.cancel.ts';
import { changesLog } from './operations/changes.log.ts';
import { changesEmergency } from './operations/changes.emergency.ts';
import { changesGet } from './operations/changes.get.ts';
import { changesList } from './operations/changes.list.ts';
import { changesReject } from './operations/changes.reject.ts';
import { changesResume } from './operations/changes.resume.ts';
import { changesReview } from './operations/changes.review.ts';
import { changesRollback } from './operations/changes.rollback.ts';
import { changesSubmit } from './operations/changes.submit.ts';
import { changeTemplatesCreate } from './operations/changeTemplates.create.ts';
import { changeTemplatesGet } from './operations/changeTemplates.get.ts';
import { changeTemplatesList } from './operations/changeTemplates.list.ts';
import { changeTemplatesRetire } from './operations/changeTemplates.retire.ts';
import { changeTemplatesSuspend } from './operations/changeTemplates.suspend.ts';
import { changeTemplatesUpdate } from './operations/changeTemplates.update.ts';
import { emergenciesList } from './operations/emergencies.list.ts';
import { countBreach, measureDecision } from './figures.ts';
import { remindOfReviews } from './emergency/clock.ts';
import './problems.ts';
import { forgetReadOf } from './resources.ts';

export {
  approvalsApprove,
  approvalsCancel,
  approvalsDelegate,
  approvalsDelegationsCreate,
  approvalsDelegationsList,
  approvalsDelegationsRevoke,
  approvalsEscalate,
  approvalsGet,
  approvalsList,
  approvalsReject,
  approvalsRevoke,
};
export { changeTemplatesCreate, changeTemplatesGet, changeTemplatesList, changeTemplatesRetire, changeTemplatesSuspend, changeTemplatesUpdate };
export { changesEmergency, changesResume, changesReview, emergenciesList };
export { changesApply, changesApprove, changesCancel, changesLog, changesGet, changesList, changesReject, changesRollback, changesSubmit };

/** Changes: plan, agreement, execution, undo. Its Gate steps and its runner are wired in app.ts. */
export const governance = defineModule({
  name: 'governance',
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [{ table: 'changes', column: 'sealed_secrets', field: "'sealed_secrets'" }],
  operations: [
    approvalsApprove,
    approvalsCancel,
    approvalsDelegate,
    approvalsDelegationsCreate,
    approvalsDelegationsList,
    approvalsDelegationsRevoke,
    approvalsEscalate,
    approvalsGet,
    approvalsList,
    approvalsReject,
    approvalsRevoke,
    changesList,
    changesGet,
    changesLog,
    changesApprove,
    changesReject,
    changesSubmit,
    changesApply,
    changesResume,
    changesCancel,
    changesRollback,
    changesEmergency,
    changesReview,
    emergenciesList,
    changeTemplatesCreate,
    changeTemplatesGet,
    changeTemplatesList,
    changeTemplatesRetire,
    changeTemplatesSuspend,
    changeTemplatesUpdate,
  ],
  events: governanceEvents,
  on: { 'change.ended': forgetReadOf, 'approval.decided': measureDecision, 'approval.escalated': countBreach },
  schedules: [
    { name: 'changes-expire', cron: '* * * * *', perTenant: expireChanges },
    { name: 'approvals-clock', cron: '* * * * *', perTenant: tickApprovals },
    { name: 'emergency-reviews', cron: '*/5 * * * *', perTenant: remindOfReviews },
  ],
});
