import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { Input } from './input.tsx';

export interface SearchInputProps {
  value: string;
  /** Called 250 ms after the last key, and at once on Enter. */
  onChange: (value: string) => void;
  label: string;
  className?: string;
}
/** Search in a list. `/` puts the cursor here from anywhere on the page. */
export function SearchInput({ value, onChange, label, className }: SearchInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={cx('relative w-56 max-w-full', className)}>
      <Search aria-hidden className="pointer-events-none absolute start-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3" />
      <Input
        type="search"
        data-hotkey="/"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && onChange(text)}
        className="h-7! ps-7! text-xs!"
      />
    </div>
  );
}
