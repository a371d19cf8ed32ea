import { definePort } from '#kernel/port.ts';

/** Where a route server is, and who may speak to it. */
export interface SshAccess {
  /** The short name of the route server, for the log. */
  handle?: string | undefined;
  host: string;
  port: number;
  user: string;
  /** As `ssh-keyscan` and `/etc/ssh/ssh_host_*_key.pub` have it: its kind and the key in base64. */
  hostKey: string;
  privateKey: string;
}

export interface SshAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  timeoutMs: number;
  stdin?: Uint8Array | undefined;
  /** Takes what the command writes as it comes in, instead of `stdout`. Answers false when it has enough: the command is ended, with code 0. */
  onOut?: ((part: string) => boolean) | undefined;
}
/** One connection; commands run one after the other. */
export interface SshLine {
  run: (command: string, options: RunOptions) => Promise<SshAnswer>;
  close: () => void;
}

/** Times of an application; tests have shorter ones (exchange.md 19). */
export interface Timing {
  /** After so long BIRD undoes by itself what nobody confirmed. */
  armSeconds: number;
  /** So long may it take until all is well. */
  healthMs: number;
  probeMs: number;
  /** So long nothing more is changed before what was is applied. */
  quietMs: number;
  /** So long members have, once they were warned, before a server that is drained stops their sessions. */
  drainMs: number;
  /** For how long sessions may come back after a reload before it is said which have not. */
  backMs: number;
}

export interface SshLines {
  /** Throws Problems of `ssh/problems.ts`. */
  open: (tenantId: string, access: SshAccess) => Promise<SshLine>;
  /** A new pair: the private half in OpenSSH's form, the public one as a line for `authorized_keys`. */
  newKeyPair: (comment: string) => Promise<{ privateKey: string; publicKey: string }>;
  timing: Timing;
}
export const SshLines = definePort<SshLines>('exchange.ssh');
