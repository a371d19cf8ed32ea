import type { Module } from '#kernel/module.ts';
import { exchangeParticipantsRefresh } from './operations/exchange.participants.refresh.ts';
import './problems.ts';
import { watchFacts } from './refresh.ts';

export const operations = [exchangeParticipantsRefresh];
export const schedules: NonNullable<Module['schedules']> = [{ name: 'exchange-facts', cron: '*/15 * * * *', outside: watchFacts }];
