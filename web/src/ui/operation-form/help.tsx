import type { ReactNode } from 'react';
import type { JsonSchema } from '#lib/schema.ts';
import { Prose } from '../prose.tsx';

/** What a schema says about its field, if anything. */
export function helpOf({ help, description }: JsonSchema): ReactNode {
  const text = help ?? description;
  return text ? <Prose text={text} /> : undefined;
}
