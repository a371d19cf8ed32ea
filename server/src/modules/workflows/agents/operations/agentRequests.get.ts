import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { executionTargets } from '../../executions/find.ts';
import { ExecutionId } from '../../executions/schemas.ts';
import { AgentRequest } from '../asked.ts';
import { requestView } from '../requests.ts';

export const RequestId = z.uuid().meta({ title: 'Request', help: 'Id of its Change' });

export const agentRequestsGet = defineOperation({
  name: 'agentRequests.get',
  summary: 'Show what an agent asks for',
  description: 'The calls that an agent waits to have agreed to: arguments with their schema, the reason that the model gives, the plan, and what came from outside.',
  permission: 'executions:read',
  risk: 'read',
  route: { method: 'GET', path: '/executions/{id}/agent-requests/{changeId}' },
  input: z.object({ id: ExecutionId, changeId: RequestId }),
  output: AgentRequest,
  targets: executionTargets,
  run: (ctx, { id, changeId }) => requestView(ctx, id, changeId),
}); // prettier-ignore
