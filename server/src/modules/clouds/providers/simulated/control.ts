import { providerProblem } from '../../provider-problems.ts';
import { ProviderError, type SimulatorControl } from '../port.ts';
import { edit } from './actor.ts';
import { settle } from './actions.ts';
import { stepped, virtualNow, withRate } from './clock.ts';
import { SimulatorSettings } from '../../simulator.ts';
import type { CloudState } from './state.ts';
import { transactIn } from './store.database.ts';

const summary = ({ control, world }: CloudState, now: number) => ({
  time: new Date(now).toISOString(),
  rate: control.clock.rate,
  faults: control.faults,
  calls: control.calls,
  servers: world.servers.length,
  actionsRunning: world.actions.filter(({ status }) => status === 'running').length,
});

/** The cloud's own rules hold for outsiders, too: a name is taken or a size unknown. */
function attempt<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof ProviderError ? providerProblem(error) : error;
  }
}

/** The levers of a simulated cloud: faults, time, and somebody who edits behind our back. */
export const simulatorControl = (now: () => number = Date.now): SimulatorControl => ({
  apply: (db, { tenantId, connectionId, config }, command) =>
    transactIn(
      db,
      { tenantId, connectionId },
      SimulatorSettings.parse(config),
      (before) => {
        const state = structuredClone(before);
        const { control } = state;
        settle(state, virtualNow(control.clock, now()));
        if (command.faults) control.faults = command.faults.map((fault) => ({ ...fault, seen: 0, struck: 0 }));
        if (command.rate !== undefined) control.clock = withRate(control.clock, now(), command.rate);
        if (command.step !== undefined) control.clock = stepped(control.clock, now(), command.step);
        const at = virtualNow(control.clock, now());
        settle(state, at);
        const touched = (command.edits ?? []).map((wish) => attempt(() => edit({ state, now: at, faults: new Set() }, wish)));
        return { state, result: { ...summary(state, at), touched } };
      },
      now,
    ),
});
