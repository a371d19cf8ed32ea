import { useQuery } from '@tanstack/react-query';
import { DeleteWorkflow, Duplicate, SetStatus, type Act } from './acts.tsx';
import { workflowQuery } from './api.ts';
import { RunDialog } from './run-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import type { WorkflowSummary } from './types.ts';

interface ActDialogProps {
  workflow: Pick<WorkflowSummary, 'id' | 'name'>;
  act: Act;
  onClose: () => void;
  onGone: () => void;
}
/** Whatever an act on a workflow needs said first. */
export function ActDialog({ workflow, act, onClose, onGone }: ActDialogProps) {
  const whole = useQuery({ ...workflowQuery(workflow.id), enabled: act === 'settings' || act === 'run' }).data;
  if (act === 'duplicate') return <Duplicate workflow={workflow} onClose={onClose} />;
  if (act === 'delete') return <DeleteWorkflow workflow={workflow} onClose={onClose} onGone={onGone} />;
  if (act === 'settings') return whole ? <SettingsDialog workflow={whole} onClose={onClose} /> : null;
  if (act === 'run') return whole ? <RunDialog workflow={whole} onClose={onClose} /> : null;
  return <SetStatus workflow={workflow} act={act} onClose={onClose} />;
}
