/** Sets that the evaluator takes the thread to know, before it tells it again. */
export const MET = 200;
