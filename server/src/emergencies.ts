import type { EmergencyLimits } from '#modules/governance/providers/port.ts';
import { planAndSettings } from '#modules/tenancy/plan-and-settings.ts';
import { settingsOf } from '#modules/tenancy/settings/schema.ts';

/** As the tenant has set it. */
export const emergencyLimits: EmergencyLimits = {
  perDay: async (db, tenantId) => settingsOf((await planAndSettings(db, tenantId)).settings).changes.emergenciesPerDay,
};
