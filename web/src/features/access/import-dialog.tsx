import { FileJson } from 'lucide-react';
import { useRef, useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { readDocument } from './role-document.ts';

/** Roles from a file: read here, checked by the server against its catalogue, and made only after the plan was seen. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [replace, setReplace] = useState(false);
  const { document, fault } = readDocument(text);
  return (
    <ReviewDialog
      title={t('roles.import')}
      description={t('roles.import.text')}
      call={document ? { method: 'POST', path: '/roles/import', body: { document, replace } } : null}
      action={t('roles.import')}
      width="xl"
      touched={['/roles']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('roles.imported'))}
    >
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={<FileJson aria-hidden className="size-3.5" />} onClick={() => input.current?.click()}>
          {t('roles.import.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept="application/json,.json"
          aria-label={t('roles.import.choose')}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void event.target.files?.[0]?.text().then(setText);
            event.target.value = '';
          }}
        />
        {document?.roles.map(({ key }) => (
          <Badge key={key}>{key}</Badge>
        ))}
      </div>
      <Field label={t('roles.import.document')} error={text ? (fault ?? undefined) : undefined}>
        {(control) => <Textarea {...control} mono rows={6} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Field label={t('roles.import.replace')} help={t('roles.import.replace.help')} inline>
        {(control) => <Checkbox {...control} checked={replace} onCheckedChange={(on) => setReplace(on === true)} />}
      </Field>
    </ReviewDialog>
  );
}
