import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';

export const USUAL = 60;
const CHOICES = [15, 30, 60, 120, 240, 480, 720];

/** How long access lasts; nobody chooses more than `most`. */
export const MinutesField = ({ value, onChange, most = 720, error }: { value: number; onChange: (minutes: number) => void; most?: number; error?: string | undefined }) => (
  <Field label={t('accessRequest.minutes')} error={error}>
    {(control) => (
      <Select
        {...control}
        value={String(value)}
        onChange={(next) => onChange(Number(next))}
        choices={[...new Set([...CHOICES.filter((one) => one < most), most])].map((one) => ({ value: String(one), label: duration(one * 60) }))}
      />
    )}
  </Field>
); // prettier-ignore
