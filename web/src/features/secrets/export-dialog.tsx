import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { useTell } from '#features/review/submit.ts';
import type { Answer } from '#lib/answers.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { Select } from '#ui/select.tsx';
import { Time } from '#ui/time.tsx';
import { SealedDialog } from './sealed-dialog.tsx';
import { WORKSPACE, type SecretsSearch } from './search.ts';

type Made = Extract<Answer<'secrets.export'>, { sha256: string }>;
const FORMATS = ['env', 'json', 'csv'] as const;
const SHORTEST = 12;

/** The file is there once: the link works one time, for five minutes. */
function MadeDialog({ made, onClose }: { made: Made; onClose: () => void }) {
  const [fetched, setFetched] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('secrets.export.made')}
      description={t('secrets.export.once')}
      footer={
        fetched ? (
          <Button variant="primary" onClick={onClose}>
            {t('action.close')}
          </Button>
        ) : (
          <Button asChild variant="primary">
            <a href={made.path} download={made.filename} onClick={() => setFetched(true)}>
              <Download aria-hidden className="size-3.5" />
              {t('secrets.export.fetch')}
            </a>
          </Button>
        )
      }
    >
      <KeyValues
        rows={[
          [t('audit.export.file'), made.filename],
          [t('secrets.export.count'), number(made.count)],
          [t('secrets.export.until'), <Time key="until" at={made.expiresAt} />],
          ['SHA-256', <code key="sha" className="text-xs">{made.sha256}</code>],
        ]}
      />
      {fetched && <p role="status" className="mt-3 text-ink-2">{t('secrets.export.fetched')}</p>}
    </Dialog>
  );
} // prettier-ignore

const placeOf = ({ project, environment }: SecretsSearch) => ({
  ...(project === undefined ? {} : { project: project === WORKSPACE ? null : project }),
  ...(environment === undefined ? {} : { environment }),
});
const placeWords = ({ project, environment }: SecretsSearch): string =>
  [project === WORKSPACE ? t('secrets.workspace') : project, environment].filter(Boolean).join(', ') || t('secrets.export.all');

interface Words {
  passphrase: string;
  again: string;
  reason: string;
}
const NO_WORDS: Words = { passphrase: '', again: '', reason: '' };

function PassphraseFields({ words, onChange, errors }: { words: Words; onChange: (words: Words) => void; errors: Record<string, string> }) {
  const short = words.passphrase !== '' && words.passphrase.length < SHORTEST ? t('secrets.export.passphrase.short') : undefined;
  const differs = words.again !== '' && words.again !== words.passphrase ? t('secrets.export.again.differs') : undefined;
  return (
    <>
      <Field label={t('secrets.export.reason')} help={t('secrets.export.reason.help')} error={errors['/reason']} required>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={500}
            value={words.reason}
            onChange={(event) => onChange({ ...words, reason: event.target.value })}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('secrets.export.passphrase')} help={t('secrets.export.passphrase.help')} error={short ?? errors['/passphrase']} required>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              maxLength={128}
              value={words.passphrase}
              onChange={(event) => onChange({ ...words, passphrase: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('secrets.export.again')} error={differs} required>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              maxLength={128}
              value={words.again}
              onChange={(event) => onChange({ ...words, again: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

/** Values out of the house: why, under which passphrase, a fresh proof of who one is, and one download. */
function ExportDialog({ search, onClose }: { search: SecretsSearch; onClose: () => void }) {
  const tell = useTell();
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('env');
  const [words, setWords] = useState(NO_WORDS);
  const [made, setMade] = useState<Made | null>(null);
  const reason = words.reason.trim();
  const ready = reason.length >= 5 && words.passphrase.length >= SHORTEST && words.again === words.passphrase;
  const build = (): Call | null =>
    ready ? { method: 'POST', path: '/secrets/export', body: { ...placeOf(search), format, passphrase: words.passphrase, reason } } : null;
  if (made) return <MadeDialog made={made} onClose={onClose} />;
  return (
    <SealedDialog<Made>
      title={t('secrets.export')}
      description={t('secrets.export.text')}
      build={build}
      action={t('secrets.export.go')}
      reason={reason}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('secrets.export.made'));
        setWords(NO_WORDS);
        if (outcome.status === 'done') setMade(outcome.output);
        else onClose();
      }}
    >
      {(errors) => (
        <>
          <p>
            <span className="text-ink-3">{t('secrets.export.what')}</span> <span className="font-medium">{placeWords(search)}</span>
          </p>
          <PassphraseFields words={words} onChange={setWords} errors={errors} />
          <Field label={t('secrets.export.format')}>
            {(control) => (
              <Select
                {...control}
                className="sm:max-w-72"
                value={format}
                onChange={setFormat}
                choices={FORMATS.map((value) => ({ value, label: t(`secrets.format.${value}`) }))}
              />
            )}
          </Field>
        </>
      )}
    </SealedDialog>
  );
}

/** Only for those who may take values out: owners. */
export function ExportButton({ search }: { search: SecretsSearch }) {
  const [open, setOpen] = useState(false);
  if (!useCan('secrets:export')) return null;
  return (
    <>
      <Button icon={<Download aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
        {t('secrets.export')}
      </Button>
      {open && <ExportDialog search={search} onClose={() => setOpen(false)} />}
    </>
  );
}
