import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'slug-taken': {
    status: 409,
    title: 'Name is taken',
    meaning: 'Another tenant of this installation has this slug, or had it not long ago. Which one is not told.',
    remedy: 'Choose another slug.',
  },
  'tenant-suspended': {
    status: 403,
    title: 'Tenant suspended',
    meaning: 'The operator of the installation has suspended the tenant. Nothing is lost, and nothing at providers was touched.',
    remedy: 'Ask whoever runs this installation.',
  },
  'tenant-deleting': {
    status: 410,
    title: 'Tenant is being deleted',
    meaning: 'The owner has asked for the deletion of the tenant. Nobody works in it any more; for some weeks it can be restored.',
    remedy: 'Its owner can restore it with `tenants.restore`.',
  },
  'membership-suspended': {
    status: 403,
    title: 'Suspended in this tenant',
    meaning: 'An administrator of the tenant has suspended your membership. In other tenants nothing has changed.',
    remedy: 'Ask one of its administrators.',
  },
  'tenant-limit-reached': {
    status: 403,
    title: 'Too many tenants',
    meaning: 'A person may own a limited number of tenants.',
    remedy: 'Delete one that is no longer used, or transfer it to somebody else.',
  },
  'ip-not-allowed': {
    status: 403,
    title: 'Network not allowed',
    meaning: 'The tenant lets people and keys in from listed networks only, and yours is not among them.',
    remedy: 'Call from one of its networks, or ask an administrator of the tenant to add yours.',
  },
  'would-lock-out': {
    status: 422,
    title: 'You would lock yourself out',
    meaning: 'With this list of networks your next call would be refused, and you could not take the change back.',
    remedy: 'Put your own address into the list as well.',
  },
  'feature-not-in-plan': {
    status: 403,
    title: 'Not in your plan',
    meaning: 'The plan of the tenant does not include this.',
    remedy: '`detail` names the plan that does.',
  },
  'seat-limit-reached': {
    status: 403,
    title: 'No seat left',
    meaning: 'Members and open invitations together fill all seats of the plan.',
    remedy: 'Remove members or invitations that are no longer needed, or choose a larger plan.',
  },
  'quota-exceeded': {
    status: 403,
    title: 'Limit reached',
    meaning: 'The tenant has as many of these as it may have. `limit` and `used` say how many.',
    remedy: 'Remove what is no longer needed, or choose a larger plan.',
  },
  'domain-taken': {
    status: 409,
    title: 'Domain is claimed already',
    meaning: 'This tenant has claimed the domain before.',
    remedy: 'Look at the list of domains.',
  },
  'domain-not-verified': {
    status: 422,
    title: 'Proof not found',
    meaning: 'The record that proves the domain is yours was not seen by every server that was asked.',
    remedy: 'Publish the TXT record, wait until it has spread, and check again.',
  },
  'already-member': {
    status: 409,
    title: 'Already a member',
    meaning: 'The person is a member of the tenant.',
    remedy: 'Change their roles instead.',
  },
  'invitation-invalid': {
    status: 410,
    title: 'Invitation is not good',
    meaning: 'The invitation is unknown, over, used or withdrawn.',
    remedy: 'Ask whoever invited you for a new one.',
  },
  'invitation-address-mismatch': {
    status: 403,
    title: 'Invitation of another address',
    meaning: 'The invitation was sent to another address than the one you signed in with, or yours is not verified.',
    remedy: 'Sign in with the address that was invited, or ask for an invitation to yours.',
  },
  'ownership-required': {
    status: 403,
    title: 'Owners only',
    meaning: 'Only the owner of the tenant may do this.',
    remedy: 'Ask the owner.',
  },
  'confirmation-mismatch': {
    status: 422,
    title: 'Not confirmed',
    meaning: 'The name that was typed to confirm is not the name of what would be lost.',
    remedy: 'Type the name exactly as it is.',
  },
  'successor-required': {
    status: 409,
    title: 'A successor is needed',
    meaning: 'The member owns things that go on without them and need a new owner. `belongings` lists them.',
    remedy: 'Name an active member as successor.',
  },
  'image-invalid': {
    status: 422,
    title: 'Not a usable image',
    meaning: 'The file is no PNG, JPEG or WebP image, or it is too large.',
    remedy: 'Upload an image of at most 2 MiB and 4,096 pixels a side.',
  },
  'color-contrast': {
    status: 422,
    title: 'Too little contrast',
    meaning: 'Neither black nor white text could be read on this colour (WCAG 2.2 asks for 4.5 to 1).',
    remedy: 'Choose a darker or a lighter colour.',
  },
});
