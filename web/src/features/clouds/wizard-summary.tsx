import { megabytes } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Amount } from '#ui/money.tsx';
import { useConnections } from './api.ts';
import type { Catalog } from './types.ts';
import { namesOf, STEPS, stepFor, type Draft, type Step } from './wizard.ts';

const Row = ({ step, value, open, onGo }: { step: Step; value: string; open: boolean; onGo: (step: Step) => void }) => (
  <li className="flex items-baseline justify-between gap-3 py-1.5">
    <span className="text-ink-3">{t(`newServer.step.${step}`)}</span>
    {open && value ? (
      <button type="button" onClick={() => onGo(step)} className="min-w-0 truncate rounded-sm text-end hover:text-accent hover:underline">
        {value}
      </button>
    ) : (
      <span className="text-ink-3">—</span>
    )}
  </li>
);

/** What has been chosen so far and what it costs; beside every step. */
export function WizardSummary({ draft, catalog, onGo }: { draft: Draft; catalog: Catalog | null; onGo: (step: Step) => void }) {
  const connection = useConnections().find(({ id }) => id === draft.connectionId);
  const region = catalog?.regions.find(({ id }) => id === draft.region);
  const size = catalog?.sizes.find(({ id }) => id === draft.size);
  const count = Number.isInteger(draft.count) && draft.count > 0 ? draft.count : 1;
  const values: Record<Exclude<Step, 'review'>, string> = {
    place: [connection?.name, region?.name].filter(Boolean).join(', '),
    image: draft.image,
    size: size ? `${size.id}: ${size.vcpus} vCPU, ${megabytes(size.memoryMb)}` : '',
    details: draft.name && (count > 1 ? `${namesOf({ ...draft, count })[0]} … (${count})` : draft.name),
  };
  return (
    <aside aria-label={t('newServer.summary')} className="sticky top-4 rounded-lg border border-line bg-surface px-4 py-3">
      <h2 className="text-sm font-semibold">{t('newServer.summary')}</h2>
      <ul className="mt-1 divide-y divide-line">
        {STEPS.filter((step) => step !== 'review').map((step) => (
          <Row key={step} step={step} value={values[step]} open={stepFor(step, draft) === step} onGo={onGo} />
        ))}
      </ul>
      <p aria-live="polite" className="mt-2 flex items-baseline justify-between gap-3 border-t border-line pt-3">
        <span className="text-ink-2">{t('change.impact.cost')}</span>
        <span className="text-lg font-semibold tracking-[-0.01em]">
          {size ? <Amount value={{ ...size.monthly, amount: size.monthly.amount * count }} /> : '—'}
        </span>
      </p>
      {size && count > 1 && (
        <p className="text-end text-xs text-ink-3">
          {count} × <Amount value={size.monthly} />
        </p>
      )}
    </aside>
  );
}
