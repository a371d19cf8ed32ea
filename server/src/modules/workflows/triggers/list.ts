import { agentRequestsAsk } from '../agents/operations/agentRequests.ask.ts';
import { agentRequestsDecide } from '../agents/operations/agentRequests.decide.ts';
import { agentRequestsGet } from '../agents/operations/agentRequests.get.ts';
import { approvalFormsDecide } from '../approvals/operations/approvalForms.decide.ts';
import { approvalFormsGet } from '../approvals/operations/approvalForms.get.ts';
import { workflowsAsk } from '../approvals/workflows.ask.ts';
import { workflowsRemind } from '../approvals/workflows.remind.ts';
import { workflowsHookTestsCreate } from './operations/workflows.hookTests.create.ts';
import { workflowsHookTestsGet } from './operations/workflows.hookTests.get.ts';
import { workflowsSchedulePreview } from './operations/workflows.schedule.preview.ts';

/** What concerns the ways in which workflows start, and what their nodes ask of people. */
export const triggerOperations = [
  workflowsSchedulePreview,
  workflowsHookTestsCreate,
  workflowsHookTestsGet,
  workflowsAsk,
  workflowsRemind,
  approvalFormsGet,
  approvalFormsDecide,
  agentRequestsAsk,
  agentRequestsGet,
  agentRequestsDecide,
];
