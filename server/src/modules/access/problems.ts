import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'grant-escalation': {
    status: 403,
    title: 'More than you hold',
    meaning: 'You tried to give, take or put into a key rights that go beyond your own, in kind, level, Scope or time.',
    remedy: '`detail` names what you lack. Choose a smaller role, a narrower Scope or an earlier end, or ask someone who holds it.',
  },
  'self-grant-forbidden': {
    status: 403,
    title: 'Not for yourself',
    meaning: 'Nobody gives roles to themselves, widens a role or group that they hold, or denies themselves anything, whatever they hold.',
    remedy: 'Ask another person who may grant roles.',
  },
  'last-owner': {
    status: 403,
    title: 'The last owner stays',
    meaning: 'Every tenant keeps at least one active owner without an end date.',
    remedy: 'Transfer the ownership first.',
  },
  'last-role': {
    status: 409,
    title: 'The last role stays',
    meaning: 'A person who is a member keeps at least one role.',
    remedy: 'Give another role first, or remove the person from the tenant.',
  },
  'permission-unknown': {
    status: 422,
    title: 'No such permission',
    meaning: 'A permission pattern matches no operation of this installation.',
    remedy: 'See `permissions.list` for all permissions.',
  },
  'role-is-system': {
    status: 403,
    title: 'System roles stay as they are',
    meaning: 'The eleven system roles are the same in every tenant and are neither edited nor deleted.',
    remedy: 'Duplicate the role and edit the copy.',
  },
  'role-in-use': {
    status: 409,
    title: 'The role is in use',
    meaning: 'People hold this role by grants that are in force or still to begin; `count` says how many.',
    remedy: 'Take it from them, or give them another role, and delete it then.',
  },
  'role-limit-reached': {
    status: 409,
    title: 'Too many roles',
    meaning: 'The tenant has as many roles of its own as it may have.',
    remedy: 'Delete roles that nobody holds.',
  },
  'name-taken': {
    status: 409,
    title: 'Name is taken',
    meaning: 'Something of the same kind in this tenant has this name already.',
    remedy: 'Choose another name.',
  },
  'boundary-exceeded': {
    status: 403,
    title: 'Beyond the permission boundary',
    meaning: 'The tenant has a permission boundary, and the role would hold permissions outside of it.',
    remedy: 'Leave those permissions out, or have the boundary widened.',
  },
  'group-in-use': {
    status: 409,
    title: 'The group is in use',
    meaning: 'Grants or other groups name this resource group; `count` says how many.',
    remedy: 'Take it out of those Scopes and groups first.',
  },
  'group-limit-reached': {
    status: 409,
    title: 'Too many groups',
    meaning: 'The tenant has as many resource groups as it may have.',
    remedy: 'Delete groups that no Scope names.',
  },
  'grant-limit-reached': {
    status: 409,
    title: 'Too many grants',
    meaning: 'The person holds as many grants as one person may hold.',
    remedy: 'Revoke grants that are no longer needed, or join several into one with a wider Scope.',
  },
  'team-not-found': {
    status: 404,
    title: 'No such team',
    meaning: 'There is no team of people with this id or short name in this tenant.',
    remedy: 'See `teams.list`.',
  },
  'team-limit-reached': {
    status: 409,
    title: 'Too many teams',
    meaning: 'The tenant has as many teams of people as it may have.',
    remedy: 'Delete teams that no rule names.',
  },
  'people-unknown': {
    status: 422,
    title: 'No people of this tenant',
    meaning: 'A team was given members who are not here, or are service accounts.',
    remedy: 'Invite them first; the pointers say which.',
  },
  'self-review-forbidden': {
    status: 403,
    title: 'Not for yourself',
    meaning: 'Nobody decides in an access review on what they hold themselves, or on a service account that they answer for.',
    remedy: 'Leave it to another reviewer.',
  },
  'review-too-large': {
    status: 409,
    title: 'Too much for one review',
    meaning: 'The tenant has more grants, keys and agents than one access review holds.',
    remedy: 'End what is not needed any more, by role or person, and begin the review then.',
  },
});
