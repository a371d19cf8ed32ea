import type { ProblemBody } from './types.ts';
import { refusalText, t } from './i18n.ts';

const slugOf = ({ type }: ProblemBody): string => type.split('/').pop() || 'unknown';

/** A refusal or failure the server told us about, or the network's silence put in the same form. */
export class Problem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody) {
    const said = { ...body, ...refusalText(slugOf(body), { ...body }) };
    super(said.detail ?? said.title);
    this.name = 'Problem';
    this.body = said;
  }
  /** The last part of `type`: `scope-denied`. */
  get slug(): string {
    return slugOf(this.body);
  }
  get status(): number {
    return this.body.status;
  }
}

/** Status 0: no answer came at all. */
export const unreachable = (cause: unknown): Problem =>
  new Problem({
    type: 'unreachable',
    title: t('problem.unreachable.title'),
    status: 0,
    detail: t('problem.unreachable.detail', { cause: cause instanceof Error ? cause.message : String(cause) }),
  });

const isBody = (value: unknown): value is ProblemBody =>
  typeof value === 'object' && value !== null && 'type' in value && 'title' in value && 'status' in value;

/** Whatever was thrown or stored, as a Problem; a bug in a page shows as `page-failed`. */
export const toProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : isBody(error)
      ? new Problem(error)
      : new Problem({
          type: 'page-failed',
          title: t('problem.page.title'),
          status: 0,
          detail: error instanceof Error ? error.message : String(error),
        });

/** Problems of a form, by JSON pointer (`/name`, `/labels/0`); several for one place are joined. */
export function errorsByPointer(problem: Problem | null): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { pointer, message } of problem?.body.errors ?? []) {
    const at = pointer === '' || pointer.startsWith('/') ? pointer : `/${pointer}`;
    found[at] = found[at] ? `${found[at]} ${message}` : message;
  }
  return found;
}
