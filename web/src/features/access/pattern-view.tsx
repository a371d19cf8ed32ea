import { useQuery } from '@tanstack/react-query';
import { FoldVertical, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { permissionsQuery } from './api.ts';
import { folded, heldBy, MOST_PATTERNS, tidy } from './matrix.ts';

const PATTERN = /^(?:\*|(?:\*|[a-z][A-Za-z0-9-]*):(?:\*|[a-z][A-Za-z0-9]*))$/;

export interface PatternViewProps {
  patterns: readonly string[];
  onChange: (patterns: string[]) => void;
  readOnly: boolean;
}

function Content({ patterns, onChange, readOnly, keys }: PatternViewProps & { keys: readonly string[] }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const shorter = folded(patterns, keys);
  const add = () => {
    const wanted = text.split(/[\s,]+/).filter(Boolean);
    const wrong = wanted.find((pattern) => !PATTERN.test(pattern) || heldBy([pattern], keys).size === 0);
    setFault(wrong === undefined ? undefined : t('patterns.unknown', { pattern: wrong }));
    if (wrong !== undefined || wanted.length === 0) return;
    onChange(tidy([...patterns, ...wanted]));
    setText('');
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-2xl text-pretty text-ink-2">{t('patterns.text')}</p>
      {!readOnly && (
        <form
          noValidate
          className="flex max-w-xl items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <div className="min-w-0 flex-1">
            <Field label={t('patterns.add')} error={fault}>
              {(control) => (
                <Input
                  {...control}
                  mono
                  list="permission-keys"
                  placeholder="servers:* *:read"
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
            <datalist id="permission-keys">
              {keys.map((key) => (
                <option key={key} value={key} />
              ))}
            </datalist>
          </div>
          <Button type="submit" icon={<Plus aria-hidden className="size-3.5" />}>
            {t('patterns.add.action')}
          </Button>
        </form>
      )}
      <Card
        flush
        title={t('patterns.count', { count: patterns.length, most: MOST_PATTERNS })}
        aside={
          !readOnly &&
          shorter.length < patterns.length && (
            <Button size="sm" icon={<FoldVertical aria-hidden className="size-3.5" />} onClick={() => onChange(shorter)}>
              {t('patterns.fold', { count: shorter.length })}
            </Button>
          )
        }
      >
        <ul aria-label={t('patterns.list')} className="divide-y divide-line">
          {patterns.map((pattern) => {
            const held = heldBy([pattern], keys).size;
            return (
              <li key={pattern} className="flex min-h-9 items-center gap-3 px-4">
                <code className="min-w-0 flex-1 text-xs [overflow-wrap:anywhere]">{pattern}</code>
                <span className={held === 0 ? 'text-xs text-warn' : 'text-xs text-ink-2'}>{t('patterns.holds', { count: held })}</span>
                {!readOnly && (
                  <Button
                    size="icon-sm"
                    variant="ghost"
                    aria-label={t('patterns.remove', { pattern })}
                    onClick={() => onChange(patterns.filter((other) => other !== pattern))}
                  >
                    <X aria-hidden className="size-3.5" />
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        {patterns.length === 0 && <p className="px-4 py-4 text-ink-2">{t('patterns.none')}</p>}
      </Card>
    </div>
  );
}

/** The same permissions as the matrix shows, as the patterns they are kept in. */
export function PatternView(props: PatternViewProps) {
  const permissions = useQuery(permissionsQuery);
  return <Loaded query={permissions}>{(all) => <Content {...props} keys={all.map(({ key }) => key)} />}</Loaded>;
}
