import { Check } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { cx } from '#lib/cx.ts';
import { Field } from '#ui/field.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { MIN_CHARACTERS, strengthOf, type Strength } from './strength.ts';

const colours = ['', 'bg-bad-fill', 'bg-warn-fill', 'bg-accent-fill', 'bg-good'] as const;

function words(strength: Strength, password: string): string {
  if (strength === 0) return t('strength.0', { min: MIN_CHARACTERS });
  if (strength === 1) return t('strength.1', { count: MIN_CHARACTERS - [...password].length });
  return t(`strength.${strength}`);
}

/** Four steps and what they mean in words; read out when typing pauses. */
const Meter = ({ strength, password }: { strength: Strength; password: string }) => (
  <div className="flex flex-col gap-1.5">
    <div
      role="meter"
      aria-label={t('strength.label')}
      aria-valuemin={0}
      aria-valuemax={4}
      aria-valuenow={strength}
      aria-valuetext={words(strength, password)}
      className="grid grid-cols-4 gap-1"
    >
      {[1, 2, 3, 4].map((step) => (
        <span key={step} className={cx('h-1 rounded-full', step <= strength ? colours[strength] : 'bg-press')} />
      ))}
    </div>
    <p aria-live="polite" className="text-xs text-ink-3">
      {words(strength, password)}
    </p>
  </div>
);

export interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  /** Of the person, whose own name must not make a password look strong. */
  name?: string;
  email?: string;
  large?: boolean;
  autoFocus?: boolean;
}
/** A password that is being chosen, with its strength while typing. */
export const NewPassword = ({ label, value, onChange, error, name = '', email = '', large = false, autoFocus = false }: NewPasswordProps) => (
  <div className="flex flex-col gap-2">
    <Field label={label} error={error} required>
      {(control) => (
        <PasswordInput
          {...control}
          large={large}
          name="new-password"
          autoComplete="new-password"
          autoFocus={autoFocus}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
    {/* What the server refused as well known must not be called strong below its refusal. */}
    {error === undefined && <Meter strength={strengthOf(value, name, email)} password={value} />}
  </div>
);

const RULES = ['length', 'known', 'own', 'last'] as const;
/** What a new password has to be, in words. */
export const PasswordRules = () => (
  <section aria-label={t('newPassword.rules')}>
    <ul className="flex flex-col gap-1 text-xs text-ink-2">
      {RULES.map((rule) => (
        <li key={rule} className="flex gap-1.5">
          <Check aria-hidden className="mt-0.5 size-3 shrink-0 text-ink-3" />
          {t(`newPassword.rule.${rule}`, { min: MIN_CHARACTERS })}
        </li>
      ))}
    </ul>
  </section>
);
