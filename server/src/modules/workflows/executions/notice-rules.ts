import type { WorkflowSettings } from '../graph.ts';
import type { NodeFault } from '../nodes/declare.ts';
import type { Notice } from '../people.ts';

/** How an execution ended, as people look at it: `recovered` is the first success after a failure. */
export type Outcome = 'completed' | 'recovered' | 'failed' | 'cancelled';

interface About {
  id: string;
  name: string;
  outcome: Outcome;
  error: NodeFault | null;
  rollback: WorkflowSettings['rollbackOnFailure'];
}

const WANTED: Record<Outcome, (wish: WorkflowSettings['notify']) => boolean> = {
  completed: ({ onSuccess }) => onSuccess,
  recovered: ({ onRecovery, onSuccess }) => onRecovery || onSuccess,
  failed: ({ onFailure }) => onFailure,
  cancelled: () => false,
};
const TITLES: Record<Outcome, (name: string) => string> = {
  completed: (name) => `“${name}” has run`,
  recovered: (name) => `“${name}” works again`,
  failed: (name) => `“${name}” failed`,
  cancelled: (name) => `“${name}” was cancelled`,
};

/** What went wrong with an address, without the part of it that may be a secret: nothing behind its host is said. */
export function withoutPath(text: string, url: string): string {
  const { origin, pathname, search } = new URL(url);
  const secret = [url, new URL(url).href, `${pathname}${search}`, pathname, search].filter((part) => part.length > 1);
  return secret.reduce((found, part) => found.replaceAll(part, part.startsWith(origin) || part === url ? origin : '…'), text);
}

/** What people are told of an end; undefined where nobody wishes to hear. Who is asked whether to undo is told in any case. */
export function noticeOf({ id, name, outcome, error, rollback }: About, wish: WorkflowSettings['notify']): Notice | undefined {
  const asks = outcome === 'failed' && rollback === 'ask';
  if (!WANTED[outcome](wish) && !asks) return undefined;
  const where = error?.nodeKey === undefined ? '' : `${error.nodeKey}: `;
  const body = outcome === 'failed' ? `${where}${error?.message ?? 'It did not come to its end.'}${asks ? ' Decide whether what it changed is undone.' : ''}` : '';
  return { title: TITLES[outcome](name), body, severity: outcome === 'failed' ? 'warning' : 'info', page: `/executions/${id}`, dedupeKey: `execution:${id}:${outcome}` };
} // prettier-ignore
