import type { Day } from './month.ts';

export interface FreezeCalendar {
  id: string;
  name: string;
  description: string;
  timezone: string;
  version: number;
  /** Rules in force that name it, as set/policy. */
  usedBy: string[];
  isFrozen: boolean;
}
export interface FreezeEntry {
  id: string;
  calendarId: string;
  calendar: string;
  title: string;
  note: string;
  startsAt: string;
  /** Not part of it. */
  endsAt: string;
}
/** The dialog that is open on the page. */
export type Open =
  | { act: 'add'; day: Day }
  | { act: 'edit' | 'delete'; entry: FreezeEntry }
  | { act: 'calendar'; calendar: FreezeCalendar | null }
  | { act: 'remove'; calendar: FreezeCalendar };
