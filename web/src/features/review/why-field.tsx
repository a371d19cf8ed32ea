import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Textarea } from '#ui/textarea.tsx';

/** Why: read by those who approve. Ctrl/⌘ Enter submits. */
export const WhyField = ({ value, onChange, onSubmit }: { value: string; onChange: (value: string) => void; onSubmit: () => void }) => (
  <Field label={t('run.comment')} help={t('run.comment.help')} required={false}>
    {(control) => (
      <Textarea
        {...control}
        rows={2}
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && onSubmit()}
      />
    )}
  </Field>
);
