import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { executionTargets } from '../../executions/find.ts';
import { ExecutionId } from '../../executions/schemas.ts';
import { ApprovalForm, formView } from '../forms.ts';

export const FormId = z.uuid().meta({ title: 'Request', help: 'Id of its Change' });

export const approvalFormsGet = defineOperation({
  name: 'approvalForms.get',
  summary: 'Show the form of an approval that an execution waits for',
  description: 'What the node Approval asks, the JSON Schema of its form, and what stands in it.',
  permission: 'executions:read',
  risk: 'read',
  route: { method: 'GET', path: '/executions/{id}/approval-forms/{changeId}' },
  input: z.object({ id: ExecutionId, changeId: FormId }),
  output: ApprovalForm,
  targets: executionTargets,
  run: (ctx, { id, changeId }) => formView(ctx, id, changeId),
});
