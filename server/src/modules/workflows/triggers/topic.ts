/** Triggers have changed somewhere: whoever keeps some in mind reads them again. Publish it after the commit. */
export const TRIGGERS_TOPIC = 'workflow-triggers';
/** A schedule, or an event for a trigger, may be due. */
export const DUES_TOPIC = 'workflow-dues';
