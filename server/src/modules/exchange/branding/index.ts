import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import { exchangeBrandingGet } from './operations/exchange.branding.get.ts';
import { exchangeBrandingLogo } from './operations/exchange.branding.logo.ts';
import { exchangeBrandingRemoveLogo } from './operations/exchange.branding.removeLogo.ts';
import { exchangeBrandingShow } from './operations/exchange.branding.show.ts';
import { exchangeBrandingUpdate } from './operations/exchange.branding.update.ts';
import { exchangeBrandingUpload } from './operations/exchange.branding.upload.ts';
import './problems.ts';

export const operations = [
  exchangeBrandingGet,
  exchangeBrandingUpdate,
  exchangeBrandingUpload,
  exchangeBrandingRemoveLogo,
  exchangeBrandingShow,
  exchangeBrandingLogo,
];

export const events: NonNullable<Module['events']> = {
  'exchange.branding.updated': { summary: 'How the exchange presents itself was changed', data: z.object({ version: z.int() }) },
};
