import { defineModule, type DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { calendarsCreate } from './operations/calendars.create.ts';
import { calendarsDelete } from './operations/calendars.delete.ts';
import { calendarsEntriesCreate } from './operations/calendars.entries.create.ts';
import { calendarsEntriesDelete } from './operations/calendars.entries.delete.ts';
import { calendarsEntriesList } from './operations/calendars.entries.list.ts';
import { calendarsEntriesUpdate } from './operations/calendars.entries.update.ts';
import { calendarsGet } from './operations/calendars.get.ts';
import { calendarsList } from './operations/calendars.list.ts';
import { calendarsUpdate } from './operations/calendars.update.ts';
import { policiesCreate } from './operations/policies.create.ts';
import { policiesDelete } from './operations/policies.delete.ts';
import { policiesDifferencesList } from './operations/policies.differences.list.ts';
import { policiesEndTrial } from './operations/policies.endTrial.ts';
import { policiesExplain } from './operations/policies.explain.ts';
import { policiesGet } from './operations/policies.get.ts';
import { policiesLint } from './operations/policies.lint.ts';
import { policiesList } from './operations/policies.list.ts';
import { policiesReplay } from './operations/policies.replay.ts';
import { policiesSimulate } from './operations/policies.simulate.ts';
import { policiesUpdate } from './operations/policies.update.ts';
import { policiesVersionsActivate } from './operations/policies.versions.activate.ts';
import { policiesVersionsDiff } from './operations/policies.versions.diff.ts';
import { policiesVersionsGet } from './operations/policies.versions.get.ts';
import { policiesVersionsList } from './operations/policies.versions.list.ts';
import { policyExemptionsCreate } from './operations/policyExemptions.create.ts';
import { policyExemptionsGet } from './operations/policyExemptions.get.ts';
import { policyExemptionsList } from './operations/policyExemptions.list.ts';
import { policyExemptionsRevoke } from './operations/policyExemptions.revoke.ts';
import './problems.ts';
import { Policies } from './providers/port.ts';
import { sweep } from './retention.ts';

export { calendarsCreate, calendarsDelete, calendarsGet, calendarsList, calendarsUpdate };
export { calendarsEntriesCreate, calendarsEntriesDelete, calendarsEntriesList, calendarsEntriesUpdate };
export { policiesCreate, policiesDelete, policiesDifferencesList, policiesEndTrial, policiesExplain, policiesGet, policiesLint, policiesList };
export {
  policiesReplay,
  policiesSimulate,
  policiesUpdate,
  policiesVersionsActivate,
  policiesVersionsDiff,
  policiesVersionsGet,
  policiesVersionsList,
};
export { policyExemptionsCreate, policyExemptionsGet, policyExemptionsList, policyExemptionsRevoke };

/** After these something else is in force. */
const changes = {
  'policy.activated': 'A version of a policy set came into force, went on trial, or was taken out',
  'policy.exempted': 'People or resources were taken out of rules for a while',
  'policy.exemption_revoked': 'An exemption ended before its time',
  'calendar.changed': 'A freeze calendar was made, changed or deleted',
};

/** Delivered after the commit: only now does every reader see the new rows. */
const lookAgain = async (ctx: WorkContext, _event: DeliveredEvent): Promise<void> => ctx.provider(Policies).changed();

/** What may be done, when and by whom, in the words of a tenant. Its Gate step is wired in core.ts. */
export const policies = defineModule({
  name: 'policies',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    policiesList, policiesGet, policiesCreate, policiesUpdate, policiesDelete, policiesVersionsList, policiesVersionsGet, policiesVersionsDiff,
    policiesVersionsActivate, policiesEndTrial, policiesDifferencesList, policiesLint, policiesSimulate, policiesReplay, policiesExplain,
    policyExemptionsList, policyExemptionsGet, policyExemptionsCreate, policyExemptionsRevoke,
    calendarsList, calendarsGet, calendarsCreate, calendarsUpdate, calendarsDelete,
    calendarsEntriesList, calendarsEntriesCreate, calendarsEntriesUpdate, calendarsEntriesDelete,
  ], // prettier-ignore
  events: {
    ...changes,
    'policy.saved': 'A version of a policy set was saved; it is not in force yet',
    'policy.violated': 'A call was refused by a rule; told once a minute for each rule, person and operation',
    'policy.notified': 'A call was let through of which a rule wants people told',
    'policy.shadow_diff': 'A version in shadow would have decided otherwise; told once a minute for each operation',
  },
  on: Object.fromEntries(Object.keys(changes).map((type) => [type, lookAgain])),
  schedules: [{ name: 'policies-sweep', cron: '41 * * * *', perTenant: sweep }],
});
