import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import { exchangeBrandingGet } from './operations/exchange.branding.get.ts';
import { exchangeBrandingShow } from './operations/exchange.branding.show.ts';
import { exchangeBrandingUpdate } from './operations/exchange.branding.update.ts';
import './problems.ts';

export const operations = [exchangeBrandingGet, exchangeBrandingUpdate, exchangeBrandingShow];

export const events: NonNullable<Module['events']> = {
  'exchange.branding.updated': { summary: 'How the exchange presents itself was changed', data: z.object({ version: z.int() }) },
};
