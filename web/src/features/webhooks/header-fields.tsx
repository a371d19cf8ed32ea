import { Plus, Trash2 } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Input } from '#ui/input.tsx';
import { headerFault, MOST_HEADERS, type HeaderDraft } from './draft.ts';

interface RowProps {
  at: number;
  header: HeaderDraft;
  onChange: (header: HeaderDraft) => void;
  onRemove: () => void;
}
const Row = ({ at, header, onChange, onRemove }: RowProps) => {
  const fault = headerFault(header);
  const told = fault ? { 'aria-invalid': true as const, 'aria-describedby': `webhook-header-${at}` } : {};
  return (
    <li className="flex flex-col gap-1">
      <div className="flex gap-2">
        <span className="w-2/5 shrink-0">
          <Input
            mono
            aria-label={t('webhooks.headers.name', { number: at + 1 })}
            placeholder="X-Team"
            autoComplete="off"
            value={header.name}
            onChange={(event) => onChange({ ...header, name: event.target.value })}
            {...told}
          />
        </span>
        <span className="min-w-0 flex-1">
          <Input
            mono
            aria-label={t('webhooks.headers.value', { number: at + 1 })}
            placeholder="secret://HOOK_TOKEN"
            autoComplete="off"
            value={header.value}
            onChange={(event) => onChange({ ...header, value: event.target.value })}
          />
        </span>
        <Button variant="ghost" size="icon" aria-label={t('webhooks.headers.remove', { number: at + 1 })} onClick={onRemove}>
          <Trash2 aria-hidden className="size-3.5" />
        </Button>
      </div>
      {fault && (
        <p id={`webhook-header-${at}`} className="text-xs text-bad">
          {fault}
        </p>
      )}
    </li>
  );
};

export interface HeaderFieldsProps {
  /** Names of those that there are; their values are not shown again. */
  kept: readonly string[];
  value: readonly HeaderDraft[] | null;
  onChange: (value: readonly HeaderDraft[] | null) => void;
  error?: string | undefined;
}
/** Headers that go with every delivery. What is stored cannot be read back, so they are kept or written anew together. */
export function HeaderFields({ kept, value, onChange, error }: HeaderFieldsProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">
        {t('webhooks.headers')} <span className="ms-1 font-normal text-ink-3">{t('field.optional')}</span>
      </legend>
      {value === null ? (
        <div className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 text-xs [overflow-wrap:anywhere]">{kept.join(', ')}</code>
          <Button size="sm" onClick={() => onChange([{ name: '', value: '' }])}>
            {t('webhooks.headers.replace')}
          </Button>
        </div>
      ) : (
        <>
          <ul className="flex flex-col gap-2">
            {value.map((header, at) => (
              <Row
                key={at}
                at={at}
                header={header}
                onChange={(next) => onChange(value.map((one, place) => (place === at ? next : one)))}
                onRemove={() => onChange(value.filter((_, place) => place !== at))}
              />
            ))}
          </ul>
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              icon={<Plus aria-hidden className="size-3.5" />}
              blocked={value.length >= MOST_HEADERS ? t('webhooks.headers.most', { count: MOST_HEADERS }) : null}
              onClick={() => onChange([...value, { name: '', value: '' }])}
            >
              {t('webhooks.headers.add')}
            </Button>
            {kept.length > 0 && (
              <Button size="sm" variant="ghost" onClick={() => onChange(null)}>
                {t('webhooks.headers.keep')}
              </Button>
            )}
          </div>
        </>
      )}
      <p className="text-xs text-ink-3">{t('webhooks.headers.help')}</p>
      {error && <p className="text-xs text-bad">{error}</p>}
    </fieldset>
  );
}
