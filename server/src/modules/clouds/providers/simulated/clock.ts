import type { VirtualClock } from './state.ts';

export const virtualNow = (clock: VirtualClock, realNow: number): number => clock.virtual + Math.max(0, realNow - clock.real) * clock.rate;

/** The same moment, from which time then runs at another rate; 0 freezes it. */
export const withRate = (clock: VirtualClock, realNow: number, rate: number): VirtualClock => ({
  real: realNow,
  virtual: virtualNow(clock, realNow),
  rate,
});

/** Jump ahead; time never runs backwards. */
export const stepped = (clock: VirtualClock, realNow: number, seconds: number): VirtualClock => ({
  real: realNow,
  virtual: virtualNow(clock, realNow) + Math.max(0, seconds) * 1_000,
  rate: clock.rate,
});
