import { Link } from '@tanstack/react-router';
import { ArrowLeft, ChevronRight, RotateCw, TriangleAlert } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

export interface ProblemViewProps {
  error: unknown;
  retry?: (() => void) | undefined;
  /** `inline`: above a form or inside a card. `page`: alone on the page. */
  size?: 'inline' | 'page';
  /** Whether an error stands beside its field already, so that it need not be listed again. */
  placed?: (pointer: string) => boolean;
}

/** A refusal by a rule names it, and leads to how the decision came about. */
const Rule = ({ rule, decision }: { rule: string; decision: unknown }) => (
  <p className="flex flex-wrap gap-x-3 text-xs text-ink-2">
    <span>
      {t('problem.rule')} <code className="text-ink">{rule}</code>
    </span>
    {typeof decision === 'string' && (
      <Link to="/policies/decisions/$id" params={{ id: decision }} className="text-accent hover:underline">
        {t('problem.why')}
      </Link>
    )}
  </p>
);

/** Refusals that access for some hours would lift. */
const MORE_RIGHTS = new Set(['permission-denied', 'scope-denied']);

const MoreRights = ({ slug, permission }: { slug: string; permission: unknown }) =>
  MORE_RIGHTS.has(slug) && typeof permission === 'string' ? (
    <a className="w-fit text-accent hover:underline" href={`/settings/access-requests?permission=${encodeURIComponent(permission)}`}>
      {t('problem.requestAccess')}
    </a>
  ) : null;

/** What is not there is not there the next time either: one goes back. */
function WayOn({ gone, retry }: { gone: boolean; retry: (() => void) | undefined }) {
  if (gone)
    return (
      <Button size="sm" className="self-start" onClick={() => history.back()} icon={<ArrowLeft aria-hidden className="size-3.5 rtl:rotate-180" />}>
        {t('action.back')}
      </Button>
    );
  if (!retry) return null;
  return (
    <Button size="sm" className="self-start" onClick={retry} icon={<RotateCw aria-hidden className="size-3.5" />}>
      {t('action.retry')}
    </Button>
  );
}

/** An RFC 9457 problem in full: what happened, what is wrong where, its code, the id to give to support, a way on. */
export function ProblemView({ error, retry, size = 'inline', placed = () => false }: ProblemViewProps) {
  const { body, slug } = toProblem(error);
  const page = size === 'page';
  const errors = body.errors?.filter(({ pointer }) => !placed(pointer)) ?? [];
  const allPlaced = errors.length === 0 && (body.errors?.length ?? 0) > 0;
  return (
    <div
      role="alert"
      className={cx('flex gap-3 rounded-lg border border-bad/35 bg-bad-wash p-4', page && 'mx-auto mt-[12dvh] w-[calc(100%-2rem)] max-w-xl')}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div>
          <p className="font-semibold text-ink">{body.title}</p>
          {body.detail && <p className="mt-0.5 text-ink-2">{allPlaced ? t('problem.placed') : body.detail}</p>}
        </div>
        {errors.length > 0 && (
          <ul className="flex flex-col gap-1">
            {errors.map(({ pointer, message }, i) => (
              <li key={i} className="flex gap-1.5 text-ink-2">
                <ChevronRight aria-hidden className="mt-1 size-3 shrink-0 text-ink-3 rtl:rotate-180" />
                <span>
                  {pointer && <code className="me-1.5 text-ink rtl:ms-1.5 rtl:me-0">{pointer}</code>}
                  {message}
                </span>
              </li>
            ))}
          </ul>
        )}
        {typeof body['policyId'] === 'string' && <Rule rule={body['policyId']} decision={body['decisionId']} />}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
          <code>{slug}</code>
          {body.status > 0 && <span>HTTP {body.status}</span>}
          {body.instance && (
            <span className="flex items-center gap-1">
              {t('problem.request')} <code className="[overflow-wrap:anywhere]">{body.instance}</code>
              <CopyButton text={body.instance} label={t('problem.copyRequest')} />
            </span>
          )}
        </div>
        <MoreRights slug={slug} permission={body['permission']} />
        <WayOn gone={page && body.status === 404} retry={retry} />
      </div>
    </div>
  );
}
