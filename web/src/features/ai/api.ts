import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { lastDays } from './usage.ts';
import type { Budget, Models, Provider, Settings, Usage } from './types.ts';

/** What an act on a provider, a model or a rule makes old: whether a model can be used depends on all three. */
export const TOUCHED = ['/ai/providers', '/ai/models', '/ai/settings'];
export const BUDGETS = '/ai/budgets';

export const providersQuery = queryOptions({
  queryKey: ['/ai/providers'],
  queryFn: ({ signal }) => request<{ items: Provider[] }>('GET', '/ai/providers', { signal }).then(({ items }) => items),
});
export const modelsQuery = queryOptions({
  queryKey: ['/ai/models'],
  queryFn: ({ signal }) => request<Models>('GET', '/ai/models', { signal }),
});
export const settingsQuery = queryOptions({
  queryKey: ['/ai/settings'],
  queryFn: ({ signal }) => request<Settings>('GET', '/ai/settings', { signal }),
});
export const budgetsQuery = queryOptions({
  queryKey: [BUDGETS],
  queryFn: ({ signal }) => request<{ items: Budget[] }>('GET', BUDGETS, { signal }).then(({ items }) => items),
});
export const usageQuery = (days: string) =>
  queryOptions({
    queryKey: ['/ai/usage', days],
    queryFn: ({ signal }) => request<Usage>('GET', '/ai/usage', { query: lastDays(Number(days), Date.now()), signal }),
  });
