import { z } from 'zod';
import type { EventDeclaration } from '#kernel/module.ts';

const Id = z.uuid();
const Time = z.iso.datetime();
const tenant = { tenantId: Id };
const told = (summary: string, data: Record<string, z.ZodType>): EventDeclaration => ({ summary, data: z.object(data) });

/** What this module announces. */
export const tenancyEvents: Record<string, string | EventDeclaration> = {
  'tenant.created': told('Somebody created a tenant', { ...tenant, slug: z.string(), name: z.string(), ownerId: Id }),
  'tenant.updated': told('Data, settings, plan or branding of the tenant changed', { ...tenant, fields: z.array(z.string()) }),
  'tenant.transfer_offered': told('The owner offered the ownership to another member', { ...tenant, fromId: Id, toId: Id, expiresAt: Time }),
  'tenant.transferred': told('The tenant has another owner', { ...tenant, fromId: Id, toId: Id }),
  'tenant.suspended': told('The operator suspended the tenant', { ...tenant, reason: z.string().nullable() }),
  'tenant.activated': told('The operator let the tenant work again', tenant),
  'tenant.deletion_requested': told('The tenant is being deleted; for some weeks it can be restored', { ...tenant, name: z.string(), restorableUntil: Time }),
  'tenant.restored': told('The deletion of the tenant was taken back', { ...tenant, by: Id }),
  'tenant.deleted': told('The data of the tenant is gone', tenant),
  'domain.added': told('A domain was claimed', { domainId: Id, domain: z.string() }),
  'domain.verified': 'The proof of a domain was seen',
  'domain.stale': 'The proof of a domain is gone, or another tenant has it now',
  'domain.removed': 'A domain was given up, or its time was over',
  'invitation.created': told('Somebody was invited, perhaps again', { invitationId: Id, email: z.string(), again: z.boolean() }),
  'invitation.accepted': 'An invitation was accepted',
  'invitation.revoked': told('An invitation was withdrawn', { invitationId: Id, email: z.string() }),
  'invitation.expired': told('An invitation was not accepted in time', { invitationId: Id }),
  'member.joined': told('A person became a member', { memberId: Id, invitedBy: Id.nullable() }),
  'member.removed': told('A person is no longer a member', { memberId: Id, successorId: Id.nullable(), left: z.boolean() }),
  'member.suspended': 'A member was suspended',
  'member.activated': 'A suspended member may work again',
  'rls.violation': { summary: 'Somebody tried to reach rows of another tenant; for the operator', audience: 'installation' },
}; // prettier-ignore
