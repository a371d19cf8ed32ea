import { defineOperation } from '#kernel/operation.ts';
import { executionTargets } from '../../executions/find.ts';
import { diagnosed, diagnosedBy } from '../diagnose.ts';
import { countRequest } from '../generations.ts';
import { DiagnoseInput, Diagnosed } from '../schemas.ts';

export const executionsDiagnose = defineOperation({
  name: 'executions.diagnose',
  summary: 'Say why an execution failed, and what would help',
  description: 'Rules look at records, errors, the log, Changes, edits since and earlier executions; evidence names what each conclusion rests on. Payloads are not looked at. Edits are proposed where an edit of the draft would help; nothing is changed. With a model the text is written by it.',
  permission: 'ai:generate',
  risk: 'read',
  route: { method: 'POST', path: '/executions/{id}/diagnose' },
  input: DiagnoseInput,
  output: Diagnosed,
  targets: executionTargets,
  async run(ctx, input) {
    await countRequest(ctx);
    return diagnosed(ctx, input);
  },
  finish: diagnosedBy,
}); // prettier-ignore
