import { definePort } from '#kernel/port.ts';

/** Triggers have changed somewhere: whoever keeps some in mind reads them again. Publish it after the commit. */
export const TRIGGERS_TOPIC = 'workflow-triggers';
/** A schedule, or an event for a trigger, may be due. */
export const DUES_TOPIC = 'workflow-dues';

/** To be told, after the commit, that triggers of a workflow have changed. */
export interface TriggersChanged {
  changed: () => void;
}
export const TriggersChanged = definePort<TriggersChanged>('workflows.triggersChanged');
