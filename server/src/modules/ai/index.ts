import { defineModule } from '#kernel/module.ts';
import { aiAsk } from './operations/ai.ask.ts';
import { aiBudgetsGet } from './operations/ai.budgets.get.ts';
import { aiBudgetsSet } from './operations/ai.budgets.set.ts';
import { aiModelsCreate } from './operations/ai.models.create.ts';
import { aiModelsDelete } from './operations/ai.models.delete.ts';
import { aiModelsList } from './operations/ai.models.list.ts';
import { aiModelsUpdate } from './operations/ai.models.update.ts';
import { aiProvidersCheck } from './operations/ai.providers.check.ts';
import { aiProvidersCreate } from './operations/ai.providers.create.ts';
import { aiProvidersDelete } from './operations/ai.providers.delete.ts';
import { aiProvidersList } from './operations/ai.providers.list.ts';
import { aiProvidersUpdate } from './operations/ai.providers.update.ts';
import { aiSettingsGet } from './operations/ai.settings.get.ts';
import { aiSettingsUpdate } from './operations/ai.settings.update.ts';
import { aiUsageGet } from './operations/ai.usage.get.ts';
import './problems.ts';
import { sweepAi } from './upkeep.ts';

export {
  aiAsk, aiBudgetsGet, aiBudgetsSet, aiModelsCreate, aiModelsDelete, aiModelsList, aiModelsUpdate, aiProvidersCheck, aiProvidersCreate,
  aiProvidersDelete, aiProvidersList, aiProvidersUpdate, aiSettingsGet, aiSettingsUpdate, aiUsageGet,
}; // prettier-ignore

/** Models of others: who answers, what it may cost, and what it did cost. Whatever asks one does so through the port of `#kernel/ai.ts`. */
export const ai = defineModule({
  name: 'ai',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    aiModelsList, aiModelsCreate, aiModelsUpdate, aiModelsDelete,
    aiProvidersList, aiProvidersCreate, aiProvidersUpdate, aiProvidersDelete, aiProvidersCheck,
    aiSettingsGet, aiSettingsUpdate, aiUsageGet, aiBudgetsGet, aiBudgetsSet, aiAsk,
  ], // prettier-ignore
  events: {
    'ai.provider_created': 'A provider of models was set up',
    'ai.provider_updated': 'A provider of models was changed',
    'ai.provider_deleted': 'A provider of models was forgotten',
    'ai.settings_updated': 'Which models are used, or what is forbidden, was changed',
    'ai.budgets_updated': 'The budgets for models were changed',
    'ai.budget_warning': 'Of a budget for models 50, 80 or 100 percent are used',
    'ai.budget_exceeded': 'A call of a model was refused, since it did not fit into a budget',
  },
  schedules: [{ name: 'ai-sweep', cron: '13 4 * * *', perTenant: sweepAi }],
});
