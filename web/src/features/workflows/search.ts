import type { ExecutionsSearch } from '#features/executions/search.ts';
import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { STATUSES, type WorkflowStatus } from './types.ts';

const LOOKS = ['grid', 'list'] as const;
export type Look = (typeof LOOKS)[number];
const SORTS = ['name', '-name', 'updatedAt', '-updatedAt', 'lastRun', '-lastRun'] as const;
export const STARTS = ['blank', 'describe', 'template', 'import'] as const;
export type Start = (typeof STARTS)[number];
export const KINDS = ['manual', 'webhook', 'schedule', 'event', 'operation', 'error'] as const;

/** What of the workflows is shown, as it stands in the address. */
export interface WorkflowsSearch {
  q?: string;
  status?: WorkflowStatus;
  trigger?: (typeof KINDS)[number];
  tag?: string;
  folder?: string;
  failed?: boolean;
  sort?: string;
  look?: Look;
  /** The dialog for a new one is open, at this way to start. */
  new?: Start;
}
export const workflowsSearch = (raw: RawSearch): WorkflowsSearch =>
  compact<WorkflowsSearch>({
    q: textOf(raw['q']),
    status: oneOf(STATUSES, raw['status']),
    trigger: oneOf(KINDS, raw['trigger']),
    tag: textOf(raw['tag'], 60),
    folder: textOf(raw['folder'], 100),
    failed: raw['failed'] === true || raw['failed'] === 'true',
    sort: oneOf(SORTS, raw['sort']),
    look: oneOf(LOOKS, raw['look']),
    new: oneOf(STARTS, raw['new']),
  });
export const workflowsQuery = ({ q, status, trigger, tag, folder, failed, sort }: WorkflowsSearch): Query => ({
  q,
  status,
  trigger,
  tag,
  folder,
  failed: failed ? true : undefined,
  sort,
});
export const isFiltered = ({ q, status, trigger, tag, folder, failed }: WorkflowsSearch): boolean =>
  [q, status, trigger, tag, folder, failed].some(Boolean);

/** Faces of one workflow beside the overview. */
export type View = 'executions' | 'versions' | 'tests' | 'triggers' | 'changes' | 'audit';
/** What of one face is shown: filters of executions, or two versions that are compared. */
export interface ViewSearch extends ExecutionsSearch {
  from?: string;
  to?: string;
}
