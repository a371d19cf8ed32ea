import { useQuery } from '@tanstack/react-query';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { planQuery, type Call } from './call.ts';
import { useSettled } from './settled.ts';

/** What the plan of a call is refused for once it rests, as in `ReviewDialog`: by pointer, to be said beside the fields. */
export function usePlanErrors(wanted: Call | null): Record<string, string> {
  const call = useSettled(wanted);
  const { error } = useQuery({ ...planQuery(call ?? { method: 'POST', path: '' }), enabled: call !== null });
  return errorsByPointer(error ? toProblem(error) : null);
}
