import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { FieldControl } from './field.tsx';
import { PickList, type PickChoice } from './pick-list.tsx';

export interface ComboboxProps {
  control: FieldControl;
  choices: readonly PickChoice[];
  value: string;
  onChange: (value: string) => void;
  /** Told what is typed, for choices that come from the server. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  /** Why there is nothing to choose from. */
  note?: string | undefined;
  placeholder?: string;
}

/** One of many, found by typing. What is typed can also be taken as it is: an id from elsewhere. */
export function Combobox({ control, choices, value, onChange, onSearch, placeholder, ...rest }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const chosen = choices.find((choice) => choice.value === value);
  const type = (next: string) => {
    setText(next);
    onSearch?.(next);
  };
  const choose = (next: string) => {
    onChange(next);
    setOpen(false);
    type('');
  };
  const exact = choices.some((choice) => choice.label === text || choice.value === text);
  return (
    <PickList
      {...{ control, choices, open, text, ...rest }}
      shown={(chosen?.label ?? value) || (placeholder ?? t('form.choose'))}
      empty={!value}
      onOpenChange={setOpen}
      onText={type}
      onPick={choose}
      // Not before the choices are there: what is typed may be the name of one of them.
      onTake={text && !exact && !rest.loading ? () => choose(text) : undefined}
      filtered={onSearch !== undefined}
    />
  );
}
