import { FileUp } from 'lucide-react';
import { useRef, type RefObject } from 'react';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Textarea } from '#ui/textarea.tsx';

const EXAMPLE = 'LOG_LEVEL=info\nDATABASE_URL="postgres://db.internal/shop"\n';
export const MOST_BYTES = 512 * 1024;

export interface ImportSourceProps {
  text: string;
  tooLarge: boolean;
  area: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void;
  onFile: (file: File | undefined) => void;
}
/** The file: pasted, dropped or chosen. It is read here and sent with the check; the browser stores it nowhere. */
export function ImportSource({ text, tooLarge, area, onText, onFile }: ImportSourceProps) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div>
      <Field
        label={t('vars.import.text')}
        help={t('vars.import.text.help')}
        error={tooLarge ? t('vars.import.tooLarge') : undefined}
        aside={
          <button type="button" className="inline-flex items-center gap-1 text-accent hover:underline" onClick={() => chooser.current?.click()}>
            <FileUp aria-hidden className="size-3.5" />
            {t('import.choose')}
          </button>
        }
      >
        {(control) => (
          <Textarea
            {...control}
            ref={area}
            mono
            rows={7}
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={EXAMPLE}
            className="max-h-72! leading-5"
            value={text}
            onChange={(event) => onText(event.target.value)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              if (event.dataTransfer.files.length === 0) return;
              event.preventDefault();
              onFile(event.dataTransfer.files[0]);
            }}
          />
        )}
      </Field>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={t('import.choose')}
        accept=".env,.json,.csv,text/plain,text/csv,application/json"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          // The same file can be chosen again once it was mended.
          event.target.value = '';
        }}
      />
    </div>
  );
}
