import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Loaded } from '#features/account/loaded.tsx';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useCan, useMe } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { organizationQuery, settingsQuery, type Organization } from './api.ts';
import { CompanyForm } from './company-form.tsx';
import { DataCards } from './data-cards.tsx';
import { DefaultsCards } from './defaults-cards.tsx';
import { MembershipCards } from './membership-cards.tsx';
import { OfferBanner } from './offer-banner.tsx';
import type { OrganizationSearch, OrganizationTab } from './search.ts';
import { SecurityCards } from './security-cards.tsx';

const Facts = ({ organization }: { organization: Organization }) => (
  <>
    <code className="text-xs">{organization.slug}</code>
    <Badge>{t('org.plan', { plan: words(organization.plan) })}</Badge>
  </>
);

/** The groups of settings that can be read with `tenants:read`. */
function useTabs(id: string, readable: boolean): Tab<OrganizationTab>[] {
  const organization = useQuery({ ...organizationQuery(id), enabled: readable });
  const settings = useQuery({ ...settingsQuery(id), enabled: readable });
  const membership: Tab<OrganizationTab> = {
    value: 'membership',
    label: t('org.tab.membership'),
    content: <MembershipCards organization={organization.data} />,
  };
  if (!readable) return [membership];
  return [
    {
      value: 'company',
      label: t('org.tab.company'),
      content: (
        <Loaded query={organization} lines={8}>
          {(data) => <CompanyForm key={data.version} organization={data} />}
        </Loaded>
      ),
    },
    {
      value: 'security',
      label: t('org.tab.security'),
      content: (
        <Loaded query={settings} lines={8}>
          {(data) => <SecurityCards key={data.version} settings={data} />}
        </Loaded>
      ),
    },
    {
      value: 'defaults',
      label: t('org.tab.defaults'),
      content: (
        <Loaded query={settings} lines={8}>
          {(data) => <DefaultsCards key={data.version} settings={data} />}
        </Loaded>
      ),
    },
    {
      value: 'data',
      label: t('org.tab.data'),
      content: (
        <Loaded query={settings} lines={8}>
          {(data) => <DataCards key={data.version} settings={data} />}
        </Loaded>
      ),
    },
    membership,
  ];
}

/** The organisation at work: its company data, its settings by group, and the acts that end something. */
export function OrganizationPage({ search }: { search: OrganizationSearch }) {
  const navigate = useNavigate();
  const { tenant } = useMe();
  const readable = useCan('tenants:read');
  const tabs = useTabs(tenant.id, readable);
  const organization = useQuery({ ...organizationQuery(tenant.id), enabled: readable }).data;
  const value = tabs.some((tab) => tab.value === search.tab) ? search.tab! : tabs[0]!.value;
  return (
    <PageFrame title={tenant.name} documentTitle={t('org.title')} facts={organization && <Facts organization={organization} />} width="reading">
      <OfferBanner />
      <Tabs
        label={t('org.title')}
        value={value}
        onChange={(tab) => void navigate({ to: '/settings/organization', search: tab === 'company' ? {} : { tab }, replace: true })}
        tabs={tabs}
      />
    </PageFrame>
  );
}
