import type { Variable } from './types.ts';

/** Stands in the address for what holds in all environments; no environment can be called so. */
export const ALL = '-';

export interface EnvironmentTab {
  /** `ALL`, or the environment's name. */
  value: string;
  count: number;
}
/** What holds everywhere first, then each environment by name; the one that is open is among them even when it is empty. */
export function environmentsOf(variables: readonly Variable[], open: string): EnvironmentTab[] {
  const names = new Set([...variables.flatMap(({ environment }) => environment ?? []), ...(open === ALL ? [] : [open])]);
  return [ALL, ...[...names].sort((a, b) => a.localeCompare(b))].map((value) => ({
    value,
    count: variables.filter(({ environment }) => (environment ?? ALL) === value).length,
  }));
}

export interface ProjectGroup {
  /** Null for the workspace. */
  project: string | null;
  variables: readonly Variable[];
}
/** The variables of one environment by project, the workspace first; those whose name holds the text, if any. */
export function groupsOf(variables: readonly Variable[], environment: string, text = ''): ProjectGroup[] {
  const wanted = text.trim().toUpperCase();
  const here = variables.filter((one) => (one.environment ?? ALL) === environment && one.name.includes(wanted));
  return [...Map.groupBy(here, ({ project }) => project)]
    .map(([project, found]) => ({ project, variables: found }))
    .sort((a, b) => (a.project ?? '').localeCompare(b.project ?? ''));
}

/** Whether an environment of its own has another value of a variable that holds everywhere. */
export const overriddenIn = (variables: readonly Variable[], one: Variable): string[] =>
  one.environment === null
    ? variables.flatMap(({ name, project, environment }) => (name === one.name && project === one.project && environment ? [environment] : []))
    : [];
