import { t } from '#lib/i18n.ts';
import { PageFrame } from '#ui/page.tsx';

export const DashboardPage = () => <PageFrame title={t('nav.dashboard')}>{null}</PageFrame>;
