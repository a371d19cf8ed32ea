import { useState } from 'react';
import type { Column } from './columns.ts';

type Visibility = Record<string, boolean>;
const keyOf = (name: string): string => `switchyard.columns.${name}`;

const stored = (name: string): Visibility => {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? '{}') as Visibility;
  } catch {
    return {};
  }
};

/** Which columns a person wants to see in the table of this name, kept on the device. */
export function useVisibility<Row>(name: string, columns: readonly Column<Row>[]): [Visibility, (next: Visibility) => void] {
  const [chosen, setChosen] = useState(() => stored(name));
  const visibility = Object.fromEntries(columns.map((column) => [column.id, column.fixed ? true : (chosen[column.id] ?? !column.optional)]));
  const change = (next: Visibility) => {
    setChosen(next);
    try {
      localStorage.setItem(keyOf(name), JSON.stringify(next));
    } catch {
      // storage is blocked: the choice lasts as long as the page
    }
  };
  return [visibility, change];
}
