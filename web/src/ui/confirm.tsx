import { useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';
import { ProblemView } from './problem-view.tsx';

export interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen and what cannot be undone. */
  children: ReactNode;
  /** The verb of the button: "Delete server". */
  action: string;
  danger?: boolean;
  /** When given, it has to be typed before the button works. */
  typed?: string;
  /** Closes when it resolves; shows the problem when it rejects. */
  onConfirm: () => Promise<unknown>;
}

/** The last question before something that hurts. */
export function Confirm({ open, onOpenChange, title, children, action, danger, typed, onConfirm }: ConfirmProps) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (next: boolean) => {
    setText('');
    setError(null);
    onOpenChange(next);
  };
  const ready = typed === undefined || text === typed;
  const confirm = () => {
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    onConfirm()
      .then(() => change(false), setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      width="sm"
      footer={
        <>
          <Button onClick={() => change(false)}>{t('action.cancel')}</Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 text-ink-2"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <div>{children}</div>
        {typed !== undefined && (
          <Field label={t('confirm.type', { name: typed })}>
            {(control) => (
              <Input {...control} mono autoComplete="off" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
        )}
        {error !== null && <ProblemView error={error} />}
      </form>
    </Dialog>
  );
}
