import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { pathOf } from './api.ts';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const MOST_BYTES = 2 * 1024 * 1024;

/** What speaks against a file before anything is sent; the server looks at its content again. */
export const pictureFault = ({ type, size }: Pick<File, 'type' | 'size'>): 'type' | 'large' | null =>
  !TYPES.includes(type) ? 'type' : size > MOST_BYTES ? 'large' : null;

type Sent = ReturnType<typeof run>;
export interface PictureFieldProps {
  /** Where it is kept, and what is read anew then; without it, it is the organisation's. */
  place?: { put: string; remove: () => Sent; keys: readonly (readonly string[])[] };
  kind: 'logo' | 'icon';
  url: string | null;
  version: number;
  blocked: string | null;
}
/** One picture of a brand: shown, changed, taken away. */
export function PictureField({ place, kind, url, version, blocked }: PictureFieldProps) {
  const { tenant } = useMe();
  const client = useQueryClient();
  const tell = useTell();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<'type' | 'large' | null>(null);
  const path = pathOf(tenant.id, '/branding');
  const own = { put: `${path}/${kind}`, remove: () => run('PUT', path, { body: { [kind]: null } }, { ifMatch: version }), keys: [[path]] };
  const { put, remove, keys } = place ?? own;
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (file: File | null): Sent => (file ? run('PUT', put, { file }) : remove()),
    onSuccess: (outcome, file) => {
      tell(outcome, t(file ? `branding.${kind}.saved` : `branding.${kind}.removed`));
      return Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  const choose = (file: File | undefined) => {
    if (!file) return;
    reset();
    const wrong = pictureFault(file);
    setFault(wrong);
    if (!wrong) mutate(file);
  };
  return (
    <div className="flex flex-wrap items-center gap-4">
      <span className="grid h-14 w-28 shrink-0 place-items-center overflow-hidden rounded-md border border-line bg-white p-2">
        {url ? (
          <img src={url} alt={t(`branding.${kind}`)} className="max-h-full max-w-full object-contain" />
        ) : (
          <ImageUp aria-hidden className="size-5 text-[#6b7280]" strokeWidth={1.5} />
        )}
      </span>
      <div className="flex min-w-0 flex-[1_1_12rem] flex-col gap-1.5">
        <p className="font-medium">{t(`branding.${kind}`)}</p>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" busy={isPending} blocked={blocked} aria-label={t(`branding.${kind}.choose`)} onClick={() => input.current?.click()}>
            {t('branding.picture.choose')}
          </Button>
          {url && (
            <Button size="sm" variant="ghost" blocked={blocked} aria-label={t(`branding.${kind}.remove`)} onClick={() => mutate(null)}>
              {t('branding.picture.remove')}
            </Button>
          )}
        </div>
        <p className="text-xs text-ink-3">{t(`branding.${kind}.help`)}</p>
        <p role="alert" className="text-xs text-bad">
          {fault && t(`branding.picture.${fault}`)}
        </p>
        {error && <ProblemView error={error} />}
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES.join(',')}
        aria-label={t(`branding.${kind}.choose`)}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </div>
  );
}
