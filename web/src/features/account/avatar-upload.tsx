import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { toast } from '#ui/toast.tsx';
import { changed, type Profile } from './api.ts';
import { CropDialog } from './crop-dialog.tsx';

const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const MOST_BYTES = 5 * 1024 * 1024;

/** What speaks against a file before anything is sent; the server looks at its content again. */
const pictureFault = ({ type, size }: Pick<File, 'type' | 'size'>): string | null =>
  !TYPES.includes(type) ? t('profile.picture.type') : size > MOST_BYTES ? t('profile.picture.large') : null;

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => [...word][0])
    .filter((_, i, all) => i === 0 || i === all.length - 1)
    .join('')
    .toUpperCase();

/** The person's picture, and the way to another. */
export function AvatarUpload({ profile }: { profile: Profile }) {
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const save = async (part: Blob): Promise<void> => {
    await request('PUT', '/users/me/avatar', { file: part });
    toast.done(t('profile.picture.saved'));
    await changed('/users/me');
  };
  const remove = useMutation({
    mutationFn: () => request('DELETE', '/users/me/avatar'),
    onSuccess: () => {
      toast.done(t('profile.picture.removed'));
      return changed('/users/me');
    },
  });
  const choose = (file: File | undefined) => {
    if (!file) return;
    const wrong = pictureFault(file);
    setFault(wrong);
    if (wrong) return;
    // Read as the browser shows it: turned the right way up.
    createImageBitmap(file, { imageOrientation: 'from-image' }).then(setPicture, () => setFault(t('profile.picture.broken')));
  };
  return (
    <div className="flex flex-wrap items-center gap-4">
      {profile.avatarUrl ? (
        <img
          src={profile.avatarUrl}
          alt={t('profile.picture.of', { name: profile.name })}
          className="size-20 rounded-full border border-line object-cover"
        />
      ) : (
        <span aria-hidden className="grid size-20 place-items-center rounded-full bg-accent-wash text-xl font-semibold text-accent">
          {initials(profile.name)}
        </span>
      )}
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => input.current?.click()}>{t('profile.picture.choose')}</Button>
          {profile.avatarUrl && (
            <Button variant="ghost" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('profile.picture.remove')}
            </Button>
          )}
        </div>
        <p className="text-xs text-ink-3">{t('profile.picture.help')}</p>
        <p role="alert" className="text-xs text-bad">
          {fault}
        </p>
        {remove.error && <ProblemView error={remove.error} />}
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES.join(',')}
        aria-label={t('profile.picture.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      {picture && <CropDialog picture={picture} onUse={save} onClose={() => setPicture(null)} />}
    </div>
  );
}
