import type { operations } from '@switchyard/sdk';
import type { AuditEntry, Change, ChangeSummary, Me, Page } from '../src/lib/types.ts';
import type { InvitationFacts, Methods } from '../src/features/auth/api.ts';
import type { PasswordRequired } from '../src/features/auth/verify-finish.tsx';
import type { ActivityRow, DeviceRow, LinkedAccount, MfaStatus, PasskeyRow, Profile, SessionRow } from '../src/features/account/api.ts';
import type { Preferences } from '../src/lib/preferences.ts';
import type { SignInAnswer } from '../src/lib/session.ts';
import type { Branding, Domain, Offer, Organization, Settings } from '../src/features/organization/api.ts';
import type { FreezeCalendar, FreezeEntry } from '../src/features/policies/calendars/types.ts';
import type { Limit, Usage } from '../src/features/limits/types.ts';
import type {
  Exemption,
  Explanation,
  Lint,
  PolicySetDetail,
  PolicySetSummary,
  ShadowDifference,
  Simulation,
  Version,
  VersionDetail,
  VersionDiff,
} from '../src/features/policies/types.ts';
import type { IdentityProvider } from '../src/features/organization/idp.ts';
import type {
  ApiKey,
  Grant,
  Group,
  Invitation,
  Member,
  NewApiKey,
  Permission,
  Role,
  RoleDetail,
  ServiceAccount,
} from '../src/features/settings/types.ts';

/** What the server says it answers, from its generated description. */
type Answer<
  Name extends keyof operations,
  Status extends keyof operations[Name]['responses'] = 200 & keyof operations[Name]['responses'],
> = operations[Name]['responses'][Status] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;
/** Fails to compile when what is sent cannot be read as what the pages read. */
type Reads<Sent extends Wanted, Wanted> = Sent;

/** Checked by the compiler alone: the pages' own types follow the server's, without carrying its 10,000 lines into every editor. */
export type Contract = [
  Reads<Answer<'auth.me'>, Me>,
  // A stored problem is any JSON object to the description; ProblemView copes with what it lacks.
  Reads<Omit<Answer<'changes.get'>, 'problem'>, Omit<Change, 'problem'>>,
  Reads<Answer<'auth.login'>, SignInAnswer>,
  Reads<Answer<'auth.mfa.challenge'>, SignInAnswer>,
  Reads<Answer<'auth.passkey.login'>, SignInAnswer>,
  Reads<Answer<'auth.oauth.complete'>, SignInAnswer>,
  Reads<Answer<'auth.verifyEmail'>, SignInAnswer | PasswordRequired | { status: 'verified'; email: string }>,
  Reads<Answer<'auth.providers'>, Methods>,
  Reads<Answer<'auth.mfa.status'>, MfaStatus>,
  Reads<Answer<'auth.sessions.list'>, Page<SessionRow>>,
  Reads<Answer<'auth.devices.list'>, Page<DeviceRow>>,
  Reads<Answer<'auth.passkeys.list'>, Page<PasskeyRow>>,
  Reads<Answer<'auth.oauth.accounts'>, Page<LinkedAccount>>,
  Reads<Answer<'users.me.get'>, Profile>,
  Reads<Answer<'users.me.activity'>, Page<ActivityRow>>,
  Reads<Answer<'users.me.preferences.get'>, Preferences>,
  Reads<Answer<'invitations.verify'>, InvitationFacts>,
  Reads<Answer<'changes.list'>, Page<ChangeSummary>>,
  Reads<Answer<'audit.list'>, Page<AuditEntry>>,
  Reads<Answer<'apiKeys.list'>, Page<ApiKey>>,
  Reads<Answer<'apiKeys.create', 201>, NewApiKey>,
  Reads<Answer<'members.list'>, Page<Member>>,
  Reads<Answer<'roles.list'>, Page<Role>>,
  Reads<Answer<'roles.get'>, RoleDetail>,
  Reads<Answer<'permissions.list'>['items'][number], Permission>,
  Reads<Answer<'grants.list'>, Page<Grant>>,
  Reads<Answer<'groups.list'>, Page<Group>>,
  Reads<Answer<'invitations.list'>, Page<Invitation>>,
  Reads<Answer<'serviceAccounts.list'>, Page<ServiceAccount>>,
  Reads<Answer<'tenants.get'>, Organization>,
  Reads<Answer<'tenants.settings.get'>, Settings>,
  Reads<Answer<'tenants.branding.get'>, Branding>,
  Reads<Answer<'tenants.domains.list'>, Page<Domain>>,
  Reads<Answer<'tenants.transferStatus'>, { pending: Offer | null }>,
  Reads<Answer<'identityProviders.list'>, Page<IdentityProvider>>,
  Reads<Answer<'policies.list'>, Page<PolicySetSummary>>,
  Reads<Answer<'policies.get'>, PolicySetDetail>,
  Reads<Answer<'policies.versions.list'>['items'][number], Version>,
  Reads<Answer<'policies.versions.get'>, VersionDetail>,
  Reads<Answer<'policies.versions.diff'>, VersionDiff>,
  Reads<Answer<'policies.lint'>, Lint>,
  Reads<Answer<'policies.simulate'>, Simulation>,
  Reads<Answer<'policies.explain'>, Explanation>,
  Reads<Answer<'policies.differences.list'>, Page<ShadowDifference>>,
  Reads<Answer<'policyExemptions.list'>, Page<Exemption>>,
  Reads<Answer<'calendars.list'>, Page<FreezeCalendar>>,
  Reads<Answer<'calendars.entries.list'>, Page<FreezeEntry>>,
  Reads<Answer<'limits.list'>['items'][number], Limit>,
  Reads<Answer<'limits.me'>['items'][number], Usage>,
];
