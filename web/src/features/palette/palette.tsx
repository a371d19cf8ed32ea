import { useRouter } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { CornerDownLeft, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useState, type ReactNode } from 'react';
import { hasPlan } from '#features/operations/has-plan.ts';
import { openOperation } from '#features/operations/open.ts';
import { allNavigation } from '#features/shell/settings-navigation.ts';
import { t } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { match } from '#lib/match.ts';
import { permits, useMe } from '#lib/session.ts';
import { Key } from '#ui/key.tsx';
import { RiskIcon } from '#ui/risk.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { State } from '#ui/state.tsx';
import { useFound } from './search.ts';

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Command.Group
    heading={heading}
    className="px-1.5 pb-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
  >
    {children}
  </Command.Group>
);
interface ItemProps {
  value: string;
  keywords?: string[];
  icon: ReactNode;
  hint?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}
const Item = ({ icon, hint, children, ...rest }: ItemProps) => (
  <Command.Item
    {...rest}
    className="flex min-h-9 items-center gap-2.5 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&>svg]:text-ink-3"
  >
    {icon}
    <span className="min-w-0 flex-1 truncate">{children}</span>
    {hint && <span className="flex shrink-0 items-center gap-2 text-xs text-ink-3 max-sm:hidden">{hint}</span>}
  </Command.Item>
);

/** The address in an item's value only tells it from others; words are looked for in its names. */
const filter = (value: string, typed: string, keywords?: string[]): number => match(/^(page )?\//.test(value) ? '' : value, typed, keywords);

/** What changes infrastructure first, then what shows it, then one's own sessions and keys. */
/** Steps of signing in, and of settings that have a page of their own, make no sense as a form. */
const isInteractive = ({ hiddenFrom = [] }: ManifestOperation): boolean => hiddenFrom.includes('cli') && hiddenFrom.includes('mcp');
const rank = (operation: ManifestOperation): number => (hasPlan(operation) ? 0 : operation.risk === 'read' ? 1 : 2);

/** Ctrl/⌘ K: every page, resource and Operation of this person, found by typing. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [text, setText] = useState('');
  const router = useRouter();
  const { permissions } = useMe();
  const operations = useOperations();
  const ranked = useMemo(() => operations.filter((operation) => !isInteractive(operation)).sort((a, b) => rank(a) - rank(b)), [operations]);
  const { groups, searching } = useFound(text, open);
  const pages = allNavigation
    .flatMap(({ items }) => items)
    .filter(({ to, permission }) => to in router.routesByPath && (!permission || permits(permissions, permission)));

  const close = (then?: () => void) => {
    onOpenChange(false);
    setText('');
    // After the layer has gone, so that focus does not come back over what opens next.
    if (then) setTimeout(then);
  };
  const go = (to: string) => close(() => void router.navigate({ to }));

  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-2 top-2 z-40 mx-auto flex max-h-[calc(100dvh-1rem)] max-w-2xl flex-col overflow-hidden rounded-xl bg-raised shadow-float outline-none motion-safe:animate-in sm:top-[12dvh] sm:max-h-[70dvh]"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Command label={t('palette.title')} loop filter={filter} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b border-line px-3.5">
              <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t('palette.placeholder')}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none pointer-coarse:text-lg"
              />
              {searching && <Spinner className="text-ink-3" />}
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto pt-1 [scrollbar-gutter:stable]">
              <Command.Empty className="px-4 py-10 text-center text-ink-2">{t('palette.empty', { query: text })}</Command.Empty>
              <Group heading={t('palette.group.pages')}>
                {pages.map(({ to, label, icon: Icon }) => (
                  <Item key={to} value={`page ${to}`} keywords={[t(label)]} icon={<Icon aria-hidden />} onSelect={() => go(to)}>
                    {t(label)}
                  </Item>
                ))}
              </Group>
              {groups.map(({ heading, icon: Icon, items }) => (
                <Group key={heading} heading={heading}>
                  {items.map((item) => (
                    <Item
                      key={item.to}
                      value={item.to}
                      keywords={item.keywords}
                      icon={<Icon aria-hidden />}
                      hint={item.state && <State value={item.state} of={item.of} variant="plain" />}
                      onSelect={() => go(item.to)}
                    >
                      {item.number && <span className="me-2 font-mono rtl:ms-2 rtl:me-0 text-xs text-ink-3">{item.number}</span>}
                      {item.label}
                    </Item>
                  ))}
                </Group>
              ))}
              <Group heading={t('palette.group.operations')}>
                {ranked.map((operation) => (
                  <Item
                    key={operation.name}
                    value={operation.name}
                    keywords={[operation.summary, ...(operation.command ?? []), operation.group]}
                    icon={<RiskIcon risk={operation.risk} />}
                    hint={<code>{operation.name}</code>}
                    onSelect={() => close(() => openOperation({ name: operation.name }))}
                  >
                    {operation.summary}
                  </Item>
                ))}
              </Group>
            </Command.List>
            <div className="flex h-9 shrink-0 items-center gap-4 border-t border-line px-3.5 text-xs text-ink-3 max-sm:hidden">
              <span className="flex items-center gap-1">
                <Key>↑</Key>
                <Key>↓</Key> {t('palette.hint.move')}
              </span>
              <span className="flex items-center gap-1">
                <CornerDownLeft aria-hidden className="size-3" /> {t('palette.hint.open')}
              </span>
              <span className="flex items-center gap-1">
                <Key>esc</Key> {t('palette.hint.close')}
              </span>
            </div>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
