import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { executionTargets } from '../../executions/find.ts';
import { ExecutionId } from '../../executions/schemas.ts';
import { AgentRequest, Decided } from '../asked.ts';
import { decideRequest } from '../decide.ts';
import { requestView } from '../requests.ts';
import { RequestId } from './agentRequests.get.ts';

export const agentRequestsDecide = defineOperation({
  name: 'agentRequests.decide',
  summary: 'Agree to some of what an agent asks for, or change it',
  description: 'Decides on the approval behind it, as approvals.approve does and with the same permission, `approvals:decide`, and says what becomes of each call: run as asked, run with other arguments, or left out with words that the model reads. Whoever changes arguments needs the permission of what is called, too. When none is to run it is rejected, for the reason given. Where more than one person has to agree, only approving or rejecting as it stands is possible.',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/executions/{id}/agent-requests/{changeId}/decide' },
  input: z.object({
    id: ExecutionId,
    changeId: RequestId,
    calls: z.array(Decided).min(1).max(64).meta({ title: 'Calls', help: 'Those that are not named are run as asked', examples: [[{ index: 0, run: true, arguments: { name: 'web-2' } }, { index: 1, run: false, text: 'Do not, because it is in use' }]] }),
    comment: z.string().max(4_000).optional().meta({ title: 'Comment', widget: 'textarea' }),
    planHash: z.string().max(128).optional().meta({ title: 'Plan', help: 'planHash of the Change you have seen; another one is refused', widget: 'hidden' }),
  }),
  output: AgentRequest,
  targets: executionTargets,
  async run(ctx, { id, changeId, ...said }) {
    await decideRequest(ctx, id, changeId, said);
    return requestView(ctx, id, changeId);
  },
}); // prettier-ignore
