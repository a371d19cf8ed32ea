import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ShieldAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { mfaQuery } from './api.ts';
import { day } from './day.ts';

/** A demand of a tenant begins days before it bites. */
const STALE_MS = 10 * 60_000;

/** Tells whoever will soon need a second factor, and leads to where it is set up. */
export function GraceNotice() {
  const status = useQuery({ ...mfaQuery, staleTime: STALE_MS }).data;
  if (status?.demanded !== 'grace' || !status.graceEndsAt) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-warn-wash px-4 py-3">
      <ShieldAlert aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-[1_1_16rem]">{t('mfa.demanded.grace', { date: day(status.graceEndsAt) })}</p>
      <Button asChild>
        <Link to="/settings/security/mfa">{t('mfa.demanded.act')}</Link>
      </Button>
    </div>
  );
}
