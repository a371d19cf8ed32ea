import { Link } from '@tanstack/react-router';
import { CircleCheck, MailOpen } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { isName, slugOf, type Progress } from './steps.ts';
import { StepFrame } from './step-frame.tsx';
import { useSlug, type SlugState } from './use-slug.ts';

export interface NameStepProps {
  progress: Progress;
  set: (part: Partial<Progress>) => void;
  onNext: () => void;
}
const slugError = (state: SlugState, slug: string, shown: boolean): string | undefined => {
  if (state === 'taken')
    return slug.length < 46 ? t('onboarding.slug.taken', { slug, other: `${slug}-net` }) : t('onboarding.slug.taken.plain', { slug });
  return state === 'invalid' && shown ? t('onboarding.slug.invalid') : undefined;
};

/** What it is called, and by which short name it is addressed. */
export function NameStep({ progress: { name, slug, slugTyped }, set, onNext }: NameStepProps) {
  const [shown, setShown] = useState(false);
  const state = useSlug(slug);
  const next = () => {
    setShown(true);
    if (isName(name) && (state === 'free' || state === 'unknown')) onNext();
  };
  return (
    <>
      <StepFrame title={t('onboarding.name.title')} lead={t('onboarding.name.lead')} action={t('onboarding.next')} onSubmit={next}>
        <div className="flex flex-col gap-4">
          <Field label={t('onboarding.name')} error={shown && !isName(name) ? t('onboarding.name.missing') : undefined} required>
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="organization"
                maxLength={100}
                value={name}
                onChange={(event) => set({ name: event.target.value, ...(slugTyped ? {} : { slug: slugOf(event.target.value) }) })}
                className="h-10! text-base!"
              />
            )}
          </Field>
          <Field
            label={t('onboarding.slug')}
            help={t('onboarding.slug.help')}
            error={slugError(state, slug, shown || slugTyped)}
            required
            aside={
              <span role="status">
                {state === 'checking' && t('onboarding.slug.checking')}
                {state === 'free' && (
                  <span className="flex items-center gap-1 text-good">
                    <CircleCheck aria-hidden className="size-3" />
                    {t('onboarding.slug.free', { slug })}
                  </span>
                )}
              </span>
            }
          >
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={50}
                value={slug}
                onChange={(event) => set({ slug: event.target.value.toLowerCase(), slugTyped: event.target.value !== '' })}
                className="h-10!"
              />
            )}
          </Field>
        </div>
      </StepFrame>
      <aside className="mt-10 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-line bg-sunken p-4">
        <MailOpen aria-hidden className="size-5 shrink-0 text-ink-3" strokeWidth={1.75} />
        <div className="min-w-0 flex-[1_1_14rem]">
          <p className="font-medium">{t('onboarding.join')}</p>
          <p className="text-ink-2">{t('onboarding.join.text')}</p>
        </div>
        <Button asChild>
          <Link to="/invitations/accept">{t('onboarding.join.act')}</Link>
        </Button>
      </aside>
    </>
  );
}
