import { definePort } from '#kernel/port.ts';

/** A file of a controller, by its path below the folder of ZeroTier One. */
export interface StateFile {
  path: string;
  mode: number;
  content: Buffer;
}

/** Names one restore, and what it puts aside. */
export const MARK = /^\d{8}T\d{6}Z-[0-9a-f]{12}$/;

/** The folder in which a controller keeps what it is and whom it knows. Each act may be done again. Methods throw Problems. */
export interface StateFolder {
  /** All of it, each file as it was at one moment. */
  read: () => Promise<StateFile[]>;
  /** Whether there are commands to stop and start it with. */
  restores: boolean;
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Writes them beside what is in use, and reads them back. */
  stage: (mark: string, files: readonly StateFile[]) => Promise<void>;
  /** Puts what is in use aside and what was staged in its place. Only while the controller is stopped. */
  swap: (mark: string) => Promise<void>;
  /** Whether something was put aside under this mark. */
  isSwapped: (mark: string) => Promise<boolean>;
  /** Puts back what was put aside. Only while the controller is stopped. */
  swapBack: (mark: string) => Promise<void>;
  /** Forgets what was staged and is not in use. */
  discard: (mark: string) => Promise<void>;
}

/** Folders of controllers by address; null where none is within reach. */
export interface StateFolders {
  of: (baseUrl: string) => StateFolder | null;
}
export const StateFolders = definePort<StateFolders>('exchange.stateFolders');
