import { ShieldCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { RiskBadge } from '#ui/risk.tsx';
import type { Missing, RiskOf, Unbuilt } from './types.ts';

/** One part of what is known of a proposal, with a name. */
export const Part = ({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) => (
  <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
    <h3 className="flex items-center gap-2 text-sm font-semibold">
      {title}
      {aside}
    </h3>
    {children}
  </section>
);

export const Points = ({ items }: { items: readonly string[] }) => (
  <ul className="flex list-disc flex-col gap-1 ps-5 text-ink-2 marker:text-ink-3">
    {items.map((item, at) => (
      <li key={at} className="[overflow-wrap:anywhere]">
        {item}
      </li>
    ))}
  </ul>
);

const KINDS = ['providers', 'secrets', 'variables', 'permissions'] as const;

/** What is not there yet and the workflow needs. It can be saved all the same. */
export function MissingPart({ missing }: { missing: Missing }) {
  const kinds = KINDS.filter((kind) => missing[kind].length > 0);
  if (kinds.length === 0) return null;
  return (
    <Part title={t('assist.missing')}>
      <dl className="grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {kinds.map((kind) => (
          <div key={kind} className="contents">
            <dt className="text-ink-3">{t(`assist.missing.${kind}`)}</dt>
            <dd className="flex flex-wrap gap-x-3 gap-y-1">
              {missing[kind].map((name) => (
                <span key={name} className="inline-flex items-center gap-1.5">
                  <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-warn" />
                  <code className="text-xs [overflow-wrap:anywhere]">{name}</code>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

/** What it would do to the world, and who is asked before. */
export const RiskPart = ({ risk: { operations, highest, approvals } }: { risk: RiskOf }) => (
  <Part title={t('assist.risk')} aside={<RiskBadge risk={highest} />}>
    {operations.length === 0 ? (
      <p className="text-ink-2">{t('assist.risk.none')}</p>
    ) : (
      <ul className="flex flex-col gap-1">
        {operations.map(({ name, summary, risk }) => (
          <li key={name} className="flex flex-wrap items-center gap-x-2">
            <RiskBadge risk={risk} />
            <span>{summary}</span>
            <code className="text-xs text-ink-3">{name}</code>
          </li>
        ))}
      </ul>
    )}
    {approvals.map((text, at) => (
      <p key={at} className="flex items-start gap-1.5 text-ink-2">
        <ShieldCheck aria-hidden className="mt-0.5 size-3.5 shrink-0 text-good" />
        {text}
      </p>
    ))}
  </Part>
);

/** What was wanted and could not be built, and why. */
export const UnbuiltPart = ({ unbuilt, note }: { unbuilt: readonly Unbuilt[]; note?: string }) =>
  unbuilt.length > 0 && (
    <Part title={t('assist.unbuilt')}>
      {note && <p className="text-ink-2">{note}</p>}
      <ul className="flex flex-col gap-1">
        {unbuilt.map(({ wanted, why }, at) => (
          <li key={at} className="flex items-start gap-1.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {wanted} <span className="text-ink-3">{why}</span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
