import type { Answer } from '../src/lib/answers.ts';
import type { AuditEntry, Change, ChangeSummary, Me, Page } from '../src/lib/types.ts';
import type { Methods } from '../src/features/auth/api.ts';
import type { PasswordRequired } from '../src/features/auth/verify-finish.tsx';
import type { SignInAnswer } from '../src/lib/session.ts';
import type { FreezeCalendar, FreezeEntry } from '../src/features/policies/calendars/types.ts';
import type { Begun, Execution, ExecutionSummary, LogLine, WorkflowPlan } from '../src/features/executions/types.ts';
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
import type { Template, TemplateSummary, VersionSummary, Workflow, WorkflowSummary, WorkflowTest } from '../src/features/workflows/types.ts';

/** Fails to compile when what is sent cannot be read as what the pages read. */
type Reads<Sent extends Wanted, Wanted> = Sent;

/** Checked by the compiler alone: types that the pages write out themselves, and do not take from the description, follow the server's. */
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
  Reads<Answer<'changes.list'>, Page<ChangeSummary>>,
  Reads<Answer<'audit.list'>, Page<AuditEntry>>,
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
  Reads<Answer<'workflows.list'>, Page<WorkflowSummary>>,
  Reads<Answer<'workflows.get'>, Workflow>,
  Reads<Answer<'workflows.versions.list'>, Page<VersionSummary>>,
  Reads<Answer<'workflows.tests.list'>['items'][number], WorkflowTest>,
  Reads<Answer<'workflowTemplates.list'>['items'][number], TemplateSummary>,
  Reads<Answer<'workflowTemplates.get'>, Template>,
  Reads<Answer<'workflows.plan'>, WorkflowPlan>,
  Reads<Answer<'workflows.execute', 202>, Begun>,
  Reads<Answer<'executions.list'>, Page<ExecutionSummary>>,
  Reads<Answer<'executions.get'>, Execution>,
  Reads<Answer<'executions.logs'>, Page<LogLine>>,
];
