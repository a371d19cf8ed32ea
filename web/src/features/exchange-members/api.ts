import { queryOptions } from '@tanstack/react-query';
import type { Answer } from '#lib/answers.ts';
import { request } from '#lib/api.ts';

export type Export = Answer<'exchange.members.export'>;
export type Member = Export['member_list'][number];

export const LISTS = ['as-set', 'asns', 'prefixes'] as const;

const at = (tenant: string): string => `/exchange/${encodeURIComponent(tenant)}`;
/** Where programs read the same, outside the application. */
export const exportOf = (tenant: string): string => `/api/v1${at(tenant)}/participants.json`;
export const listOf = (tenant: string, list: (typeof LISTS)[number]): string => `/api/v1${at(tenant)}/lists/${list}`;

export const membersQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['/exchange/public', tenant],
    queryFn: ({ signal }) => request<Export>('GET', `${at(tenant)}/participants.json`, { signal }),
    retry: false,
  });
