import { useNavigate } from '@tanstack/react-router';
import {
  Archive,
  ArchiveRestore,
  Copy,
  Download,
  Ellipsis,
  FlaskConical,
  History,
  Pause,
  Pencil,
  Play,
  Settings2,
  Trash2,
  Webhook,
  Workflow as WorkflowIcon,
} from 'lucide-react';
import { urlOf } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#ui/menu.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import type { Act } from './acts.tsx';
import type { WorkflowSummary } from './types.ts';

type Subject = Pick<WorkflowSummary, 'id' | 'name' | 'status' | 'activeVersion'>;

/** Why its triggers cannot be turned off or on now, or it cannot be put away or brought back. */
export function useHindrances({ status, activeVersion }: Pick<Subject, 'status' | 'activeVersion'>) {
  const publish = useBlocked('workflows:publish');
  const remove = useBlocked('workflows:delete');
  const create = useBlocked('workflows:create');
  const update = useBlocked('workflows:update');
  const execute = useBlocked('workflows:execute');
  const never = activeVersion === null ? t('workflows.blocked.never') : null;
  const archived = status === 'archived' ? t('workflows.blocked.archived') : null;
  return {
    pause: publish ?? archived ?? never,
    activate: publish ?? (status === 'archived' ? null : never),
    archive: remove,
    delete: remove,
    duplicate: create,
    settings: update ?? archived,
    run: execute ?? archived ?? never,
  };
}

const VIEWS = [
  ['executions', WorkflowIcon],
  ['versions', History],
  ['tests', FlaskConical],
  ['triggers', Webhook],
] as const;

/** Everything else that can be done with a workflow. */
export function WorkflowMenu({ workflow, onAct, links }: { workflow: Subject; onAct: (act: Act) => void; links?: boolean }) {
  const { id, name, status } = workflow;
  const why = useHindrances(workflow);
  const navigate = useNavigate();
  return (
    <Menu
      align="end"
      className="w-60"
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t('workflows.more', { name })}>
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      }
    >
      {links && (
        <>
          <MenuItem icon={<Pencil aria-hidden />} onSelect={() => void navigate({ to: '/workflows/$id/edit', params: { id } })}>
            {t('workflows.edit')}
          </MenuItem>
          {VIEWS.map(([view, Icon]) => (
            <MenuItem key={view} icon={<Icon aria-hidden />} onSelect={() => void navigate({ to: '/workflows/$id/$view', params: { id, view } })}>
              {t(`workflows.view.${view}`)}
            </MenuItem>
          ))}
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={<Settings2 aria-hidden />} blocked={why.settings} onSelect={() => onAct('settings')}>
        {t('workflows.settings')}
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden />} blocked={why.duplicate} onSelect={() => onAct('duplicate')}>
        {t('workflows.duplicate')}
      </MenuItem>
      <MenuLink icon={<Download aria-hidden />} href={urlOf(`/workflows/${id}/export`, { format: 'yaml' })}>
        {t('workflows.export')}
      </MenuLink>
      <MenuSeparator />
      {status === 'active' && (
        <MenuItem icon={<Pause aria-hidden />} blocked={why.pause} onSelect={() => onAct('pause')}>
          {t('workflows.pause')}
        </MenuItem>
      )}
      {status === 'paused' && (
        <MenuItem icon={<Play aria-hidden />} blocked={why.activate} onSelect={() => onAct('activate')}>
          {t('workflows.activate')}
        </MenuItem>
      )}
      {status === 'archived' ? (
        <MenuItem icon={<ArchiveRestore aria-hidden />} blocked={why.activate} onSelect={() => onAct('activate')}>
          {t('workflows.unarchive')}
        </MenuItem>
      ) : (
        <MenuItem icon={<Archive aria-hidden />} blocked={why.archive} onSelect={() => onAct('archive')}>
          {t('workflows.archive')}
        </MenuItem>
      )}
      <MenuItem danger icon={<Trash2 aria-hidden />} blocked={why.delete} onSelect={() => onAct('delete')}>
        {t('workflows.delete')}
      </MenuItem>
    </Menu>
  );
}
