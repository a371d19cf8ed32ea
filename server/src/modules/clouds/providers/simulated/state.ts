import type { SimulatorSettings } from '../../simulator.ts';
import type { PowerAction } from '../port.ts';
import type { FaultRule } from './faults.ts';

/** Virtual time = `virtual` + (real − `real`) × `rate`, in milliseconds. */
export interface VirtualClock {
  real: number;
  virtual: number;
  rate: number;
}

export interface SimServer {
  id: string;
  name: string;
  status: 'initializing' | 'running' | 'starting' | 'stopping' | 'off' | 'deleting';
  region: string;
  zone: string;
  size: string;
  image: string;
  diskGb: number;
  labels: Record<string, string>;
  protected: boolean;
  ipv4: string;
  ipv6: string;
  createdAt: number;
  /** Not in lists before. */
  visibleAt: number;
  /** The guest heeded the signal and is off from then on. */
  offAt: number | null;
  /** The guest does not react to the shutdown signal. */
  stubborn: boolean;
  sequence: number;
}

/** What an action does when it ends. */
export type Effect =
  | { kind: 'create'; start: boolean }
  | { kind: 'power'; action: PowerAction; before: SimServer['status'] }
  | { kind: 'resize'; size: string; growDisk: boolean }
  | { kind: 'delete'; before: SimServer['status'] };

export interface SimAction {
  id: string;
  server: string;
  sequence: number;
  effect: Effect;
  startsAt: number;
  /** Null: stuck, it never ends. */
  endsAt: number | null;
  fails: string | null;
  status: 'running' | 'success' | 'error';
}

/** Changes with every call. */
export interface Control {
  seed: string;
  latencyMs: number;
  lagSeconds: number;
  clock: VirtualClock;
  startedAt: number;
  sequence: number;
  /** Calls left in the bucket, and when that was counted. */
  rate: { left: number; at: number };
  faults: FaultRule[];
  /** Calls of each method, for tests and the page. */
  calls: Record<string, number>;
}

/** Changes with effects only. */
export interface World {
  servers: SimServer[];
  actions: SimAction[];
}

export interface CloudState {
  control: Control;
  world: World;
}

export const RATE_LIMIT = { perHour: 3_600 };
export const QUOTA = { servers: 50, vcpus: 200 };

export const initialState = (settings: SimulatorSettings, realNow: number): CloudState => ({
  control: {
    seed: settings.seed,
    latencyMs: settings.latencyMs,
    lagSeconds: settings.lagSeconds,
    clock: { real: realNow, virtual: realNow, rate: settings.speed },
    startedAt: realNow,
    sequence: 0,
    rate: { left: RATE_LIMIT.perHour, at: realNow },
    faults: [],
    calls: {},
  },
  world: { servers: [], actions: [] },
});
