import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import { exchangeIrrGet } from './operations/exchange.irr.get.ts';
import { exchangeIrrList } from './operations/exchange.irr.list.ts';
import { exchangeIrrRefresh } from './operations/exchange.irr.refresh.ts';
import './problems.ts';
import { watchLists } from './refresh.ts';

export const operations = [exchangeIrrList, exchangeIrrGet, exchangeIrrRefresh];

export const events: NonNullable<Module['events']> = {
  'exchange.irr.changed': {
    summary: 'What routing registries say of a network has changed',
    data: z.object({ id: z.uuid(), asn: z.int(), source: z.string(), origins: z.int(), prefixesV4: z.int(), prefixesV6: z.int() }),
  },
};

export const schedules: NonNullable<Module['schedules']> = [{ name: 'exchange-irr', cron: '*/5 * * * *', outside: watchLists }];
