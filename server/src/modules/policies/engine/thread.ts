/** Sets that the evaluator takes the thread to know, before it tells it again. */
export const MET = 200;

/** Time a processor worked, of microseconds in programs and in the system. */
export const milliseconds = ({ user, system }: { user: number; system: number }): number => (user + system) / 1_000;
