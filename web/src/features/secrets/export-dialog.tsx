import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { Select } from '#ui/select.tsx';
import { ExportMade, ExportWaits, type Made } from './export-made.tsx';
import { SealedDialog } from './sealed-dialog.tsx';
import { WORKSPACE, type SecretsSearch } from './search.ts';

const FORMATS = ['env', 'json', 'csv'] as const;
const SHORTEST = 12;

const placeOf = ({ project, environment }: SecretsSearch) => ({
  ...(project === undefined ? {} : { project: project === WORKSPACE ? null : project }),
  ...(environment === undefined ? {} : { environment }),
});
const placeWords = ({ project, environment }: SecretsSearch): string =>
  [
    project === WORKSPACE ? t('secrets.workspace') : project && `${t('secrets.project')} ${project}`,
    environment && `${t('secrets.environment')} ${environment}`,
  ]
    .filter(Boolean)
    .join(', ') || t('secrets.export.all');

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
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('env');
  const [words, setWords] = useState(NO_WORDS);
  const [made, setMade] = useState<Made | null>(null);
  const [waits, setWaits] = useState<string | null>(null);
  const reason = words.reason.trim();
  const ready = reason.length >= 5 && words.passphrase.length >= SHORTEST && words.again === words.passphrase;
  const build = (): Call | null =>
    ready ? { method: 'POST', path: '/secrets/export', body: { ...placeOf(search), format, passphrase: words.passphrase, reason } } : null;
  if (made) return <ExportMade made={made} onClose={onClose} />;
  if (waits) return <ExportWaits change={waits} onClose={onClose} />;
  return (
    <SealedDialog<Made>
      title={t('secrets.export')}
      description={t('secrets.export.text')}
      build={build}
      action={t('secrets.export.go')}
      reason={reason}
      onClose={onClose}
      onOutcome={(outcome) => {
        setWords(NO_WORDS);
        if (outcome.status === 'done') setMade(outcome.output);
        else setWaits(outcome.change.number);
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
