import { useMutation } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { StepFrame } from './step-frame.tsx';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const MOST_BYTES = 2 * 1024 * 1024;

const logoFault = ({ type, size }: Pick<File, 'type' | 'size'>): string | null =>
  !TYPES.includes(type) ? t('onboarding.logo.type') : size > MOST_BYTES ? t('onboarding.logo.large') : null;

/** The organisation's logo; may come later. */
export function LogoStep({ tenantId, onNext }: { tenantId: string; onNext: () => void }) {
  const [chosen, setChosen] = useState<{ file: File; url: string } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => void (chosen && URL.revokeObjectURL(chosen.url)), [chosen]);
  const save = useMutation({ mutationFn: (file: File) => request('PUT', `/tenants/${tenantId}/branding/logo`, { file }), onSuccess: onNext });
  const choose = (file: File | undefined) => {
    if (!file) return;
    const wrong = logoFault(file);
    setFault(wrong);
    save.reset();
    if (!wrong) setChosen({ file, url: URL.createObjectURL(file) });
  };
  return (
    <StepFrame
      title={t('onboarding.logo.title')}
      lead={t('onboarding.logo.lead')}
      action={t(chosen ? 'onboarding.logo.save' : 'onboarding.logo.choose')}
      busy={save.isPending}
      onSubmit={() => (chosen ? save.mutate(chosen.file) : input.current?.click())}
      onSkip={onNext}
    >
      {save.error && <ProblemView error={save.error} />}
      <div
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          choose(event.dataTransfer.files[0]);
        }}
        className="flex min-h-40 flex-col items-center justify-center gap-3 rounded-lg border border-dashed border-line-strong bg-sunken p-6 text-center"
      >
        {chosen ? (
          <img src={chosen.url} alt={t('onboarding.logo.preview')} className="max-h-20 max-w-full object-contain" />
        ) : (
          <ImageUp aria-hidden className="size-7 text-ink-3" strokeWidth={1.5} />
        )}
        {chosen && <Button onClick={() => input.current?.click()}>{t('onboarding.logo.other')}</Button>}
        <p className="text-xs text-ink-3">{t('onboarding.logo.help')}</p>
        <p role="alert" className="text-xs text-bad">
          {fault}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES.join(',')}
        aria-label={t('onboarding.logo.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </StepFrame>
  );
}
