import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { codesFile } from './codes-file.ts';

/** The codes, and the ways to keep them. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { actor } = useMe();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const text = codesFile(codes, t('codes.file', { name: t('app.name'), email: actor.email ?? actor.name, date: today }));
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: 'switchyard-backup-codes.txt' });
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">{t('codes.text')}</p>
      <div className="relative rounded-md border border-line bg-sunken px-4 py-3">
        <ol aria-label={t('codes.label')} className="grid grid-cols-2 gap-x-6 gap-y-1.5 font-mono text-base tracking-wider">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <CopyButton text={text} className="absolute end-1 top-1 bg-sunken" />
      </div>
      {createPortal(
        <pre data-print className="hidden">
          {text}
        </pre>,
        document.body,
      )}
      <div className="flex flex-wrap gap-2">
        <Button icon={<Download aria-hidden className="size-3.5" />} onClick={download}>
          {t('codes.download')}
        </Button>
        <Button icon={<Printer aria-hidden className="size-3.5" />} onClick={() => window.print()}>
          {t('codes.print')}
        </Button>
      </div>
    </div>
  );
}

/** "I have saved these codes": nothing goes on before it is ticked. */
export const SavedTick = ({ saved, onChange }: { saved: boolean; onChange: (saved: boolean) => void }) => (
  <label className="flex min-h-6 flex-1 items-center gap-2 font-medium">
    <Checkbox checked={saved} onCheckedChange={(checked) => onChange(checked === true)} />
    {t('codes.saved')}
  </label>
);

/** New codes, shown once. Closing needs the tick, so that a stray click does not lose them. */
export function BackupCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const [saved, setSaved] = useState(false);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && saved && onClose()}
      title={t('codes.title')}
      footer={
        <>
          <SavedTick saved={saved} onChange={setSaved} />
          <Button variant="primary" disabled={!saved} onClick={onClose}>
            {t('codes.finish')}
          </Button>
        </>
      }
    >
      <BackupCodes codes={codes} />
    </Dialog>
  );
}
