import type { LaterKey, Message } from '../../i18n.ts';
import { access } from './access.ts';
import { accessReviews } from './access-reviews.ts';
import { account } from './account.ts';
import { agent } from './agent.ts';
import { agents } from './agents.ts';
import { agreed } from './agreed.ts';
import { approvals } from './approvals.ts';
import { ai } from './ai.ts';
import { alarms } from './alarms.ts';
import { assist } from './assist.ts';
import { audit } from './audit.ts';
import { builder } from './builder.ts';
import { calendars } from './calendars.ts';
import { clouds } from './clouds.ts';
import { compliance } from './compliance.ts';
import { graph } from './graph.ts';
import { dns } from './dns.ts';
import { drift } from './drift.ts';
import { exchange } from './exchange.ts';
import { exchangeGlass } from './exchange-glass.ts';
import { exchangeMembers } from './exchange-members.ts';
import { exchangePorts } from './exchange-ports.ts';
import { executions } from './executions.ts';
import { workflowSettings } from './workflow-settings.ts';
import { workflows } from './workflows.ts';
import { emergencies } from './emergencies.ts';
import { stages } from './stages.ts';
import { knowledge } from './knowledge.ts';
import { maintenance } from './maintenance.ts';
import { memory } from './memory.ts';
import { metrics } from './metrics.ts';
import { notifications } from './notifications.ts';
import { onboarding } from './onboarding.ts';
import { operations } from './operations.ts';
import { organization } from './organization.ts';
import { policies } from './policies.ts';
import { secrets } from './secrets.ts';
import { servers } from './servers.ts';
import { settings } from './settings.ts';
import { simulate } from './simulate.ts';
import { team } from './team.ts';
import { webhooks } from './webhooks.ts';
import { zerotier } from './zerotier.ts';

export const later: Record<LaterKey, Message> = {
  ...operations,
  ...accessReviews,
  ...servers,
  ...clouds,
  ...graph,
  ...agent,
  ...assist,
  ...builder,
  ...dns,
  ...zerotier,
  ...exchangeMembers,
  ...exchangePorts,
  ...exchangeGlass,
  ...agreed,
  ...approvals,
  ...audit,
  ...alarms,
  ...exchange,
  ...drift,
  ...executions,
  ...workflows,
  ...workflowSettings,
  ...emergencies,
  ...stages,
  ...compliance,
  ...agents,
  ...notifications,
  ...settings,
  ...account,
  ...onboarding,
  ...access,
  ...team,
  ...policies,
  ...simulate,
  ...calendars,
  ...organization,
  ...secrets,
  ...ai,
  ...maintenance,
  ...memory,
  ...metrics,
  ...knowledge,
  ...webhooks,
};
