import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isAddress } from '#features/auth/methods.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { toast } from '#ui/toast.tsx';
import { changed } from './api.ts';

/** Asks for another address; it counts once its owner opened the link we send there. */
export function EmailDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const change = useMutation({
    mutationFn: (address: string) => request('POST', '/users/me/email', { body: { email: address } }),
    onSuccess: (_, address) => {
      toast.done(t('profile.email.sent', { email: address }));
      onClose();
      return changed('/users/me');
    },
  });
  const told = errorsByPointer(change.error && toProblem(change.error))['/email'];
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t('profile.email.change')}
      description={t('profile.email.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="change-email" variant="primary" busy={change.isPending}>
            {t('profile.email.send')}
          </Button>
        </>
      }
    >
      <form
        id="change-email"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const address = email.trim();
          const wrong = isAddress(address) ? undefined : t('profile.email.invalid');
          setFault(wrong);
          if (!wrong && !change.isPending) change.mutate(address);
        }}
      >
        {change.error && !told && <ProblemView error={change.error} />}
        <Field label={t('profile.email.new')} error={fault ?? told} required>
          {(control) => (
            <Input
              {...control}
              autoFocus
              type="email"
              autoComplete="email"
              inputMode="email"
              spellCheck={false}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
