import { Problem } from '#kernel/problem.ts';
import { fieldErrors } from '#kernel/validate.ts';
import { WorkflowSettings, type Json } from '../graph.ts';

const strict = WorkflowSettings.strict();

/** The settings with some of them replaced, null taking one away; faults instead when that gives none. */
export function mergedSettings(settings: WorkflowSettings, set: Readonly<Record<string, Json>>, at: string) {
  const merged = Object.fromEntries(Object.entries({ ...settings, ...set }).filter(([, value]) => value !== undefined && value !== null));
  const parsed = strict.safeParse(merged);
  return parsed.success
    ? { settings: parsed.data, faults: undefined }
    : { settings: undefined, faults: fieldErrors(parsed.error.issues).map((fault) => ({ ...fault, pointer: `${at}${fault.pointer}` })) };
}

/** The same for whoever sends settings in a field of that name. Throws `validation-failed`. */
export function settingsWith(settings: WorkflowSettings, set: Readonly<Record<string, Json>>): WorkflowSettings {
  const merged = mergedSettings(settings, set, '/settings');
  if (merged.settings) return merged.settings;
  const [first] = merged.faults;
  throw new Problem('validation-failed', `${first!.pointer}: ${first!.message}.`, { errors: merged.faults });
}
