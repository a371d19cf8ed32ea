/** Called at each point where a crash could tear something apart; tests kill the process there. */
export const crashPoint = { at: (_name: string): void => undefined };
