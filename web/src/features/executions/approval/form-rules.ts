import type { JsonSchema } from '#lib/schema.ts';
import type { Json } from '#lib/types.ts';
import { checkForm, prune } from '#ui/operation-form/index.ts';

/** Answer of `approvalForms.get`. */
export interface ApprovalForm {
  changeId: string;
  executionId: string;
  title: string;
  body: string | null;
  /** Of the Change behind it. */
  state: string;
  form: JsonSchema;
  values: Record<string, unknown>;
}

interface Decision {
  /** Path and body of the call that agrees. */
  path: string;
  body: Record<string, Json>;
  isChanged: boolean;
  faults: Record<string, string>;
}

/** Agreeing to what stands in the form is agreeing as everywhere else; only values of one's own are sent along. */
export function decisionOf({ executionId, changeId, form, values }: ApprovalForm, wanted: Record<string, unknown>): Decision {
  const clean = (value: Record<string, unknown>): Record<string, Json> => prune(value, form, form) as Record<string, Json>;
  const given = clean(wanted);
  const isChanged = JSON.stringify(given) !== JSON.stringify(clean(values));
  return {
    path: isChanged ? `/executions/${executionId}/approval-forms/${changeId}/decide` : `/approvals/${changeId}/approve`,
    body: isChanged ? { values: given } : {},
    isChanged,
    faults: checkForm(given, form, form),
  };
}
