import { defineModule, type DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { accessExplain } from './operations/access.explain.ts';
import { accessWhoCan } from './operations/access.whoCan.ts';
import { accessRequestsApprove } from './operations/accessRequests.approve.ts';
import { accessRequestsCancel } from './operations/accessRequests.cancel.ts';
import { accessRequestsCreate } from './operations/accessRequests.create.ts';
import { accessRequestsEnd } from './operations/accessRequests.end.ts';
import { accessRequestsExtend } from './operations/accessRequests.extend.ts';
import { accessRequestsGet } from './operations/accessRequests.get.ts';
import { accessRequestsList } from './operations/accessRequests.list.ts';
import { accessRequestsReject } from './operations/accessRequests.reject.ts';
import { accessReviewPlanGet } from './operations/accessReviewPlan.get.ts';
import { accessReviewPlanUpdate } from './operations/accessReviewPlan.update.ts';
import { accessReviewsCancel } from './operations/accessReviews.cancel.ts';
import { accessReviewsDecide } from './operations/accessReviews.decide.ts';
import { accessReviewsGet } from './operations/accessReviews.get.ts';
import { accessReviewsItems } from './operations/accessReviews.items.ts';
import { accessReviewsList } from './operations/accessReviews.list.ts';
import { accessReviewsStart } from './operations/accessReviews.start.ts';
import { deniesCreate } from './operations/denies.create.ts';
import { deniesList } from './operations/denies.list.ts';
import { deniesRevoke } from './operations/denies.revoke.ts';
import { grantsCreate } from './operations/grants.create.ts';
import { grantsList } from './operations/grants.list.ts';
import { grantsReplace } from './operations/grants.replace.ts';
import { grantsRevoke } from './operations/grants.revoke.ts';
import { groupsCreate } from './operations/groups.create.ts';
import { groupsDelete } from './operations/groups.delete.ts';
import { groupsGet } from './operations/groups.get.ts';
import { groupsList } from './operations/groups.list.ts';
import { groupsUpdate } from './operations/groups.update.ts';
import { permissionBoundaryGet } from './operations/permissionBoundary.get.ts';
import { permissionBoundaryUpdate } from './operations/permissionBoundary.update.ts';
import { permissionsList } from './operations/permissions.list.ts';
import { rolesCompare } from './operations/roles.compare.ts';
import { rolesCreate } from './operations/roles.create.ts';
import { rolesDelete } from './operations/roles.delete.ts';
import { rolesDuplicate } from './operations/roles.duplicate.ts';
import { rolesExport } from './operations/roles.export.ts';
import { rolesGet } from './operations/roles.get.ts';
import { rolesImport } from './operations/roles.import.ts';
import { rolesList } from './operations/roles.list.ts';
import { rolesMembersList } from './operations/roles.members.list.ts';
import { rolesMembersReplace } from './operations/roles.members.replace.ts';
import { rolesPermissionsChange } from './operations/roles.permissions.change.ts';
import { rolesPermissionsReplace } from './operations/roles.permissions.replace.ts';
import { rolesUpdate } from './operations/roles.update.ts';
import { teamsCreate } from './operations/teams.create.ts';
import { teamsDelete } from './operations/teams.delete.ts';
import { teamsList } from './operations/teams.list.ts';
import { teamsSetMembers } from './operations/teams.setMembers.ts';
import { teamsUpdate } from './operations/teams.update.ts';
import { usersGrantsCreate } from './operations/users.grants.create.ts';
import { usersGrantsList } from './operations/users.grants.list.ts';
import { usersGrantsRevoke } from './operations/users.grants.revoke.ts';
import './problems.ts';
import { reopen, settled } from './reviews/act.ts';
import { tickReviews } from './reviews/clock.ts';
import { tickAccessRequests } from './requests/clock.ts';
import { RightsChanged } from './providers/port.ts';

export {
  accessRequestsApprove,
  accessRequestsCancel,
  accessRequestsCreate,
  accessRequestsEnd,
  accessRequestsExtend,
  accessRequestsGet,
  accessRequestsList,
  accessRequestsReject,
};
export {
  accessReviewPlanGet,
  accessReviewPlanUpdate,
  accessReviewsCancel,
  accessReviewsDecide,
  accessReviewsGet,
  accessReviewsItems,
  accessReviewsList,
  accessReviewsStart,
};
export { accessExplain, accessWhoCan, deniesCreate, deniesList, deniesRevoke, grantsCreate, grantsList, grantsReplace, grantsRevoke };
export { groupsCreate, groupsDelete, groupsGet, groupsList, groupsUpdate, permissionBoundaryGet, permissionBoundaryUpdate, permissionsList };
export { rolesCompare, rolesCreate, rolesDelete, rolesDuplicate, rolesExport, rolesGet, rolesImport, rolesList, rolesUpdate };
export { rolesMembersList, rolesMembersReplace, rolesPermissionsChange, rolesPermissionsReplace };
export { teamsCreate, teamsDelete, teamsList, teamsSetMembers, teamsUpdate };
export { usersGrantsCreate, usersGrantsList, usersGrantsRevoke };

const events = {
  'role.created': 'A role of the tenant’s own was made',
  'role.updated': 'A role holds other permissions, or is called otherwise',
  'role.deleted': 'A role of the tenant’s own was deleted',
  'grant.created': 'A person was given a role',
  'grant.revoked': 'A role was taken from a person',
  'deny.created': 'Permissions were denied to a person, whatever their roles hold',
  'deny.revoked': 'What was denied to a person no longer is',
  'group.created': 'A resource group was made',
  'group.updated': 'A resource group holds other resources, or is called otherwise',
  'group.deleted': 'A resource group was deleted',
  'team.created': 'A team of people was made',
  'team.updated': 'A team has other people, or is called otherwise',
  'team.deleted': 'A team of people was deleted',
  'grant.expired': 'A role that was given for a time has ended',
  'accessRequest.requested': 'A person asks for access for some hours',
  'accessRequest.approved': 'Somebody agreed to a request for access',
  'accessRequest.rejected': 'Somebody refused a request for access',
  'accessRequest.ended': 'Access for a time is over, by the clock or before',
  'accessRequest.expired': 'Nobody decided on a request for access in time',
  'accessReview.started': 'Somebody, or the clock, began a review of what everybody holds',
  'accessReview.decided': 'A reviewer said what becomes of what people hold',
  'accessReview.reminder': 'What people hold still waits for its reviewers',
  'accessReview.warning': 'What nobody answers for is going to be taken',
  'accessReview.closed': 'A review of what everybody holds is over',
  'accessReview.cancelled': 'A review of what everybody holds was given up',
  'accessReview.planned': 'Whether reviews begin by themselves was changed',
  'boundary.updated': 'The most that any role may hold was changed',
};

/** Delivered after the commit: only now does every reader see the new rows. */
const lookAgain = async (ctx: WorkContext, _event: DeliveredEvent): Promise<void> => ctx.provider(RightsChanged).changed();

/** Ends of a Change that did nothing. */
const IN_VAIN = ['rejected', 'expired', 'cancelled', 'stale', 'failed', 'rolled_back'];
const ofReviews = {
  ...Object.fromEntries(IN_VAIN.map((state) => [`change.${state}`, (ctx: WorkContext, { data }: DeliveredEvent) => reopen(ctx, data, state.replace('_', ' '))])),
  'change.succeeded': (ctx: WorkContext, { data }: DeliveredEvent) => settled(ctx, data),
}; // prettier-ignore

export const access = defineModule({
  name: 'access',
  after: ['tenancy'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    rolesList, rolesGet, rolesCreate, rolesUpdate, rolesDelete, rolesDuplicate, rolesCompare, rolesExport, rolesImport, rolesPermissionsChange,
    rolesPermissionsReplace, rolesMembersList, rolesMembersReplace, permissionsList, permissionBoundaryGet, permissionBoundaryUpdate,
    grantsList, grantsCreate, grantsRevoke, grantsReplace, usersGrantsList, usersGrantsCreate, usersGrantsRevoke, deniesList, deniesCreate, deniesRevoke,
    groupsList, groupsGet, groupsCreate, groupsUpdate, groupsDelete, teamsList, teamsCreate, teamsUpdate, teamsSetMembers, teamsDelete, accessExplain, accessWhoCan,
    accessRequestsApprove, accessRequestsCancel, accessRequestsCreate, accessRequestsEnd, accessRequestsExtend, accessRequestsGet, accessRequestsList, accessRequestsReject,
    accessReviewsList, accessReviewsGet, accessReviewsItems, accessReviewsStart, accessReviewsDecide, accessReviewsCancel, accessReviewPlanGet, accessReviewPlanUpdate,
  ], // prettier-ignore
  events,
  schedules: [
    { name: 'access-requests', cron: '* * * * *', perTenant: tickAccessRequests },
    { name: 'access-reviews', cron: '* * * * *', outside: tickReviews },
  ],
  on: { ...Object.fromEntries(Object.keys(events).map((type) => [type, lookAgain])), ...ofReviews },
  hearsOf: Object.keys(ofReviews),
});
