import { money } from '#lib/formats.ts';
import type { Money } from '#lib/types.ts';

/** An amount in its own currency. */
export const Amount = ({ value, signed }: { value: Money; signed?: boolean }) => (
  <span className="whitespace-nowrap tabular-nums">{money(value, signed ? 'exceptZero' : 'auto')}</span>
);
