import { defineModule } from '#kernel/module.ts';
import { domainsAllowed } from './operations/domains.allowed.ts';
import { invitationsAccept } from './operations/invitations.accept.ts';
import { invitationsCreate } from './operations/invitations.create.ts';
import { invitationsList } from './operations/invitations.list.ts';
import { invitationsResend } from './operations/invitations.resend.ts';
import { invitationsRevoke } from './operations/invitations.revoke.ts';
import { invitationsVerify } from './operations/invitations.verify.ts';
import { membersActivate } from './operations/members.activate.ts';
import { membersGet } from './operations/members.get.ts';
import { membersLeave } from './operations/members.leave.ts';
import { membersList } from './operations/members.list.ts';
import { membersRemove } from './operations/members.remove.ts';
import { membersSetRole } from './operations/members.setRole.ts';
import { membersSuspend } from './operations/members.suspend.ts';
import { tenantsBrandingGet } from './operations/tenants.branding.get.ts';
import { tenantsBrandingUpdate } from './operations/tenants.branding.update.ts';
import { tenantsBrandingUpload } from './operations/tenants.branding.upload.ts';
import { tenantsCreate } from './operations/tenants.create.ts';
import { tenantsDelete } from './operations/tenants.delete.ts';
import { tenantsDomainsAdd } from './operations/tenants.domains.add.ts';
import { tenantsDomainsList } from './operations/tenants.domains.list.ts';
import { tenantsDomainsRemove } from './operations/tenants.domains.remove.ts';
import { tenantsDomainsVerify } from './operations/tenants.domains.verify.ts';
import { tenantsFeaturesList } from './operations/tenants.features.list.ts';
import { tenantsGet } from './operations/tenants.get.ts';
import { tenantsList } from './operations/tenants.list.ts';
import { tenantsPublicConfig } from './operations/tenants.publicConfig.ts';
import { tenantsPublicPicture } from './operations/tenants.publicPicture.ts';
import { tenantsRestore } from './operations/tenants.restore.ts';
import { tenantsSettingsGet } from './operations/tenants.settings.get.ts';
import { tenantsSettingsUpdate } from './operations/tenants.settings.update.ts';
import { tenantsSlugAvailable } from './operations/tenants.slugAvailable.ts';
import { tenantsTransfer } from './operations/tenants.transfer.ts';
import { tenantsTransferConfirm } from './operations/tenants.transferConfirm.ts';
import { tenantsTransferStatus } from './operations/tenants.transferStatus.ts';
import { tenantsUpdate } from './operations/tenants.update.ts';
import { tenancyEvents } from './events.ts';
import './problems.ts';
import { Credentials, MemberRights, Tenants, Upkeep } from './providers/port.ts';

export {
  domainsAllowed, invitationsAccept, invitationsCreate, invitationsList, invitationsResend, invitationsRevoke, invitationsVerify, membersActivate, membersGet, membersLeave, membersList, membersRemove, membersSetRole, membersSuspend, tenantsBrandingGet, tenantsBrandingUpdate, tenantsBrandingUpload, tenantsCreate, tenantsDelete, tenantsDomainsAdd, tenantsDomainsList, tenantsDomainsRemove, tenantsDomainsVerify, tenantsFeaturesList, tenantsGet, tenantsList, tenantsPublicConfig, tenantsPublicPicture, tenantsRestore, tenantsSettingsGet, tenantsSettingsUpdate, tenantsSlugAvailable, tenantsTransfer, tenantsTransferConfirm, tenantsTransferStatus, tenantsUpdate,
}; // prettier-ignore

export const tenancy = defineModule({
  name: 'tenancy',
  after: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    domainsAllowed, invitationsAccept, invitationsCreate, invitationsList, invitationsResend, invitationsRevoke, invitationsVerify, membersActivate, membersGet, membersLeave, membersList, membersRemove, membersSetRole, membersSuspend, tenantsBrandingGet, tenantsBrandingUpdate, tenantsBrandingUpload, tenantsCreate, tenantsDelete, tenantsDomainsAdd, tenantsDomainsList, tenantsDomainsRemove, tenantsDomainsVerify, tenantsFeaturesList, tenantsGet, tenantsList, tenantsPublicConfig, tenantsPublicPicture, tenantsRestore, tenantsSettingsGet, tenantsSettingsUpdate, tenantsSlugAvailable, tenantsTransfer, tenantsTransferConfirm, tenantsTransferStatus, tenantsUpdate,
  ], // prettier-ignore
  events: tenancyEvents,
  // Delivered after the commit: only now does every reader see the new rows.
  on: {
    'tenant.updated': async (ctx) => {
      ctx.provider(Tenants).hostsChanged();
      ctx.provider(Credentials).lookAgain();
    },
    'tenant.deletion_requested': async (ctx) => {
      ctx.provider(Tenants).hostsChanged();
      ctx.provider(Credentials).lookAgain();
    },
    'domain.removed': async (ctx) => ctx.provider(Tenants).hostsChanged(),
    'member.suspended': async (ctx) => {
      ctx.provider(Credentials).lookAgain();
      ctx.provider(MemberRights).changed();
    },
    'member.activated': async (ctx) => {
      ctx.provider(Credentials).lookAgain();
      ctx.provider(MemberRights).changed();
    },
    'member.removed': async (ctx, { data }) => {
      await ctx.provider(Upkeep).dropMembership(ctx.tenantId, String(data['memberId']));
      ctx.provider(MemberRights).changed();
    },
  },
  schedules: [
    { name: 'tenancy-domains', cron: '* * * * *', once: ({ provider }) => provider(Upkeep).checkDomains() },
    { name: 'tenancy-trials', cron: '7 * * * *', once: ({ provider }) => provider(Upkeep).endTrials() },
    { name: 'tenancy-deletions', cron: '30 2 * * *', once: ({ provider }) => provider(Upkeep).purge() },
    { name: 'tenancy-sweep', cron: '41 * * * *', once: ({ provider }) => provider(Upkeep).sweep() },
  ],
});
