import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Mark } from '#features/shell/logo.tsx';
import { t } from '#lib/i18n.ts';
import { meQuery, signOut } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { toast } from '#ui/toast.tsx';
import { CloudStep } from './cloud-step.tsx';
import { LogoStep } from './logo-step.tsx';
import { NameStep } from './name-step.tsx';
import { PlanStep } from './plan-step.tsx';
import { StepBar } from './step-bar.tsx';
import { endProgress, loadProgress, saveProgress, stepFor, STEPS, type Progress, type Step } from './steps.ts';
import { TeamStep } from './team-step.tsx';

/** From a name to a working organisation. The step is in the address, what was entered on this device. */
export function OnboardingPage({ wanted }: { wanted: Step | undefined }) {
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const userId = me?.actor.id ?? '';
  const [stored, setStored] = useState<Progress>(() => loadProgress(userId));
  // Another organisation was chosen meanwhile: this one's steps are over.
  const progress = stored.tenantId !== null && stored.tenantId !== me?.tenant?.id ? { ...stored, tenantId: null } : stored;
  const step = stepFor(wanted, progress);
  const set = (part: Partial<Progress>) => {
    const next = { ...progress, ...part };
    setStored(next);
    saveProgress(userId, next);
  };
  const go = (next: Step, part: Partial<Progress> = {}) => {
    const further = STEPS.indexOf(next) > STEPS.indexOf(progress.reached);
    set({ ...part, ...(further ? { reached: next } : {}) });
    void navigate({ to: '/onboarding/create-organization', search: next === 'name' ? {} : { step: next } });
  };
  const finish = () => {
    endProgress(userId);
    // A new document, at work in the organisation just made.
    location.assign('/');
  };
  const tenantId = progress.tenantId ?? '';
  return (
    <div className="flex min-h-dvh flex-col bg-surface">
      <header className="flex items-center gap-3 border-b border-line px-5 py-3">
        <Mark className="size-6" />
        <p className="min-w-0 flex-1 truncate font-semibold">{t('onboarding.title')}</p>
        <span className="hidden truncate text-ink-3 sm:block">{me?.actor.email}</span>
        <Button variant="ghost" size="sm" onClick={() => void signOut().catch(toast.failed)}>
          {t('onboarding.signOut')}
        </Button>
      </header>
      <main className="mx-auto flex w-full max-w-xl flex-1 flex-col px-5 py-8 sm:py-14">
        <StepBar step={step} progress={progress} onGo={go} />
        <div key={step} className="mt-8">
          {step === 'name' && <NameStep progress={progress} set={set} onNext={() => go('plan')} />}
          {step === 'plan' && <PlanStep progress={progress} set={set} onBack={() => go('name')} onMade={(id) => go('logo', { tenantId: id })} />}
          {step === 'logo' && <LogoStep tenantId={tenantId} onNext={() => go('team')} />}
          {step === 'team' && <TeamStep tenantId={tenantId} onBack={() => go('logo')} onNext={() => go('cloud')} />}
          {step === 'cloud' && <CloudStep onBack={() => go('team')} onFinish={finish} />}
        </div>
      </main>
    </div>
  );
}
