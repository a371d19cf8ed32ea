import type { Module } from '#kernel/module.ts';
import { access } from '#modules/access/index.ts';
import { ai } from '#modules/ai/index.ts';
import { audit } from '#modules/audit/index.ts';
import { clouds } from '#modules/clouds/index.ts';
import { dns } from '#modules/dns/index.ts';
import { exchange } from '#modules/exchange/index.ts';
import { governance } from '#modules/governance/index.ts';
import { identity } from '#modules/identity/index.ts';
import { keys } from '#modules/keys/index.ts';
import { knowledge } from '#modules/knowledge/index.ts';
import { limits } from '#modules/limits/index.ts';
import { mail } from '#modules/mail/index.ts';
import { memory } from '#modules/memory/index.ts';
import { notifications } from '#modules/notifications/index.ts';
import { oauth } from '#modules/oauth/index.ts';
import { policies } from '#modules/policies/index.ts';
import { reports } from '#modules/reports/index.ts';
import { secrets } from '#modules/secrets/index.ts';
import { tenancy } from '#modules/tenancy/index.ts';
import { webhooks } from '#modules/webhooks/index.ts';
import { workflows } from '#modules/workflows/index.ts';

/** Every module of the product; the order of migrations follows from what each comes after. */
export const MODULES: readonly Module[] = [
  identity,
  tenancy,
  access,
  governance,
  audit,
  keys,
  limits,
  mail,
  notifications,
  oauth,
  policies,
  reports,
  secrets,
  webhooks,
  clouds,
  dns,
  exchange,
  ai,
  memory,
  knowledge,
  workflows,
];
