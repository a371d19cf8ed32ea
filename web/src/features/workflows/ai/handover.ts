import { assistOpen } from '#features/workflow-builder/view.ts';
import { signal } from '#lib/signal.ts';
import type { Origin, Proposal } from './types.ts';

/** What another page gives the builder to go on with: edits to look at, or nothing but the assistant itself. */
export interface Handover {
  workflowId: string;
  proposed: { title: string; ops: Proposal[]; origin: Origin } | null;
}
const handover = signal<Handover | null>(null);
/** Taken by the builder of that workflow when it opens, with the assistant beside the graph from the first. */
export function handOver(given: Handover): void {
  handover.set(given);
  assistOpen.set(true);
}
export function takeHandover(workflowId: string): Handover | null {
  const given = handover.get();
  if (given?.workflowId !== workflowId) return null;
  handover.set(null);
  return given;
}
