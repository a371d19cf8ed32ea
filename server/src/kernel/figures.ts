import { definePort } from './port.ts';

/** What modules tell of themselves for metrics: no names, no tenants. Must not throw. */
export interface Figures {
  /** A request for approval was decided, so many seconds after it was made. */
  approvalDecided: (seconds: number) => void;
  /** A request was not decided in the time that it should have been. */
  approvalLate: () => void;
}
export const Figures = definePort<Figures>('kernel.figures');
export const noFigures: Figures = { approvalDecided: () => undefined, approvalLate: () => undefined };
