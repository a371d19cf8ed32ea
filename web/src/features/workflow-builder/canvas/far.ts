import { useStore } from '@xyflow/react';

/** Below this zoom letters are six pixels high and ports five: neither is read or met. */
export const NEAR_FROM = 0.5;

/** Whether one is near enough to read. */
export const useNear = (): boolean => useStore(({ transform }) => transform[2] >= NEAR_FROM);
