import { Problem } from '#kernel/problem.ts';
import { ai } from './services/ai.ts';
import { businesses } from './services/business.ts';
import { clouds } from './services/clouds.ts';
import { databases } from './services/databases.ts';
import { identities } from './services/identity.ts';
import { mails } from './services/mail.ts';
import { messagings } from './services/messaging.ts';
import { monitorings } from './services/monitoring.ts';
import { networks } from './services/networks.ts';
import { payments } from './services/payments.ts';
import { queues } from './services/queues.ts';
import { sources } from './services/source.ts';
import { storages } from './services/storage.ts';
import type { Template } from './template.ts';

/** Every service that we can describe, by category and then as people look for them. */
export const TEMPLATES: readonly Template[] = [
  clouds, databases, queues, mails, messagings, payments, sources, monitorings, ai, identities, storages, networks, businesses,
].flat(); // prettier-ignore

const byId = new Map(TEMPLATES.map((template) => [template.id, template]));

/** Throws `secret-template-not-found`. */
export function templateCalled(id: string): Template {
  const found = byId.get(id);
  if (!found) throw new Problem('secret-template-not-found', `There is no template "${id.slice(0, 64)}". List them with secretTemplates.list.`);
  return found;
}
