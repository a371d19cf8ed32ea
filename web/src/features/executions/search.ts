import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { EXECUTION_STATES, TRIGGER_KINDS, type ExecutionState, type TriggerKind } from './types.ts';

/** Which executions are shown, as it stands in the address. */
export interface ExecutionsSearch {
  status?: ExecutionState;
  trigger?: TriggerKind;
  version?: string;
  errorType?: string;
  since?: string;
  until?: string;
  mine?: boolean;
  test?: boolean;
}
const moment = (raw: unknown): string | undefined => {
  const text = textOf(raw, 40);
  return text !== undefined && Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : undefined;
};
const versionOf = (raw: unknown): string | undefined => {
  const text = textOf(raw, 8);
  return text !== undefined && /^[1-9]\d*$/.test(text) ? text : undefined;
};
const on = (raw: unknown): boolean => raw === true || raw === 'true';

export const executionsSearch = (raw: RawSearch): ExecutionsSearch =>
  compact<ExecutionsSearch>({
    status: oneOf(EXECUTION_STATES, raw['status']),
    trigger: oneOf(TRIGGER_KINDS, raw['trigger']),
    version: versionOf(raw['version']),
    errorType: textOf(raw['errorType'], 60),
    since: moment(raw['since']),
    until: moment(raw['until']),
    mine: on(raw['mine']),
    test: on(raw['test']),
  });
export const executionsQuery = ({ mine, test, ...search }: ExecutionsSearch, workflowId: string | undefined): Query => ({
  workflowId,
  ...search,
  mine: mine ? true : undefined,
  test: test ? true : undefined,
});
export const isFiltered = (search: ExecutionsSearch): boolean => Object.values(search).some(Boolean);

const TABS = ['graph', 'timeline', 'records', 'logs', 'changes', 'data'] as const;
export type ExecutionTab = (typeof TABS)[number];
export interface ExecutionSearch {
  tab?: ExecutionTab;
  /** Id of the node whose runs are shown. */
  node?: string;
}
export const executionSearch = (raw: RawSearch): ExecutionSearch =>
  compact<ExecutionSearch>({ tab: oneOf(TABS, raw['tab']), node: textOf(raw['node'], 64) });
