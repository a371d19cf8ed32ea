import { definePort } from './port.ts';

/** What modules tell of themselves for metrics: no names, no tenants. Must not throw. */
export interface Figures {
  /** A request for approval was decided, so many seconds after it was made. */
  approvalDecided: (seconds: number) => void;
  /** A request was not decided in the time that it should have been. */
  approvalLate: () => void;
  /** A request for a port came from one status to the next, so many seconds after it had come to the first. */
  requestMoved: (from: string, to: string, seconds: number) => void;
  /** One stage of setting a port up has ended. */
  provisioned: (stage: string, outcome: 'done' | 'failed', seconds: number) => void;
  /** A configuration was carried to a route server, or was not: `outcome` is `confirmed` or a problem's slug. */
  applied: (outcome: string, seconds: number) => void;
}
export const Figures = definePort<Figures>('kernel.figures');
const nothing = (): void => undefined;
export const noFigures: Figures = { approvalDecided: nothing, approvalLate: nothing, requestMoved: nothing, provisioned: nothing, applied: nothing };
