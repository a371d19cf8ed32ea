import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, ChevronRight } from 'lucide-react';
import { useEffect, useReducer, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { catalogQuery } from './api.ts';
import { DetailsStep } from './wizard-details.tsx';
import { ImageStep, PlaceStep, SizeStep } from './wizard-choices.tsx';
import { ReviewStep } from './wizard-review.tsx';
import { WizardSteps } from './wizard-steps.tsx';
import { WizardSummary } from './wizard-summary.tsx';
import { BEGIN, faultsAt, STEPS, stepFor, wizard, type Step } from './wizard.ts';

const Eyebrow = () => (
  <span className="flex items-center gap-1">
    <Link to="/infrastructure/servers" className="rounded-sm hover:text-ink hover:underline">
      {t('servers.title')}
    </Link>
    <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
    <span>{t('newServer.short')}</span>
  </span>
);

/** From nothing to a reviewed plan in five steps. The step is in the address, so the browser's way back goes one step back. */
export function NewServerPage({ wanted }: { wanted: Step }) {
  const navigate = useNavigate();
  const [state, act] = useReducer(wizard, BEGIN);
  const { draft } = state;
  const [shown, setShown] = useState(false);
  const catalog = useQuery({ ...catalogQuery(draft.connectionId), enabled: draft.connectionId !== '' });
  const { data } = catalog;
  useEffect(() => {
    if (data) act({ type: 'catalog', catalog: data, now: Date.now() });
  }, [data]);

  const step = stepFor(wanted, draft);
  const faults = faultsAt(step, draft);
  const set = (patch: Partial<typeof draft>) => act({ type: 'set', patch });
  const go = (next: Step) => {
    setShown(false);
    void navigate({ to: '/infrastructure/servers/new', search: next === 'place' ? {} : { step: next } });
  };
  const at = STEPS.indexOf(step);
  const forward = () => {
    setShown(true);
    if (Object.keys(faults).length === 0) go(STEPS[at + 1]!);
  };
  const parts = { draft, set, faults: shown ? faults : {} };
  return (
    <PageFrame title={t('newServer.title')} eyebrow={<Eyebrow />}>
      <WizardSteps step={step} draft={draft} onGo={go} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <form
          className="flex min-w-0 flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (step !== 'review') forward();
          }}
        >
          {step === 'place' && <PlaceStep {...parts} catalog={catalog} />}
          {step === 'image' && state.catalog && <ImageStep {...parts} catalog={state.catalog} now={state.now} />}
          {step === 'size' && state.catalog && <SizeStep {...parts} catalog={state.catalog} now={state.now} />}
          {step === 'details' && <DetailsStep {...parts} />}
          {step === 'review' && <ReviewStep draft={draft} onGo={go} />}
          {step !== 'review' && (
            <div className="flex items-center justify-between gap-2">
              {at > 0 ? (
                <Button icon={<ArrowLeft aria-hidden className="size-3.5 rtl:rotate-180" />} onClick={() => go(STEPS[at - 1]!)}>
                  {t('action.back')}
                </Button>
              ) : (
                <Button asChild>
                  <Link to="/infrastructure/servers">{t('action.cancel')}</Link>
                </Button>
              )}
              <Button type="submit" variant="primary">
                {t(step === 'details' ? 'newServer.toReview' : 'newServer.next')}
                <ArrowRight aria-hidden className="size-3.5 rtl:rotate-180" />
              </Button>
            </div>
          )}
        </form>
        <WizardSummary draft={draft} catalog={state.catalog} onGo={go} />
      </div>
    </PageFrame>
  );
}
