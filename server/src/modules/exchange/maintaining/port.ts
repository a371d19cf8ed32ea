import { definePort } from '#kernel/port.ts';

/** How a window begins when its time has come: through the Gate, in the name of whoever planned it. */
export interface Maintaining {
  /** Asks for `exchange.maintenance.begin` as this person, who is looked at as they are now. Answers the Change, and whether it waits for somebody. */
  begin: (tenantId: string, personId: string, id: string) => Promise<{ changeId: string; isWaiting: boolean }>;
}
export const Maintaining = definePort<Maintaining>('exchange.maintaining');
