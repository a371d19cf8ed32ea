import { useEffect, useState } from 'react';
import { useAsk, type Asking } from '#features/workflows/ai/api.ts';
import { takeHandover, type Handover } from '#features/workflows/ai/handover.ts';
import type { Aim, Explained, Optimised, Refined } from '#features/workflows/ai/types.ts';
import type { Graph } from '../types.ts';

interface RefineBody {
  instruction: string;
  selection: string[];
  graph: Graph;
}
export interface OptimiseBody {
  goal: Aim;
}
export interface ExplainBody {
  graph: Graph;
}
type Face = 'refine' | 'optimise' | 'explain';
export interface Assisted {
  face: Face;
  onFace: (face: Face) => void;
  refining: Asking<RefineBody, Refined>;
  optimising: Asking<OptimiseBody, Optimised>;
  explaining: Asking<ExplainBody, Explained>;
  instruction: string;
  onInstruction: (text: string) => void;
  handed: Handover['proposed'];
  onHanded: () => void;
}

/** What was asked and answered: it outlives the pane, which gives way to others and moves when the window gets narrow. */
export function useAssist(workflowId: string, readOnly: boolean): Assisted {
  const [face, onFace] = useState<Face>(readOnly ? 'explain' : 'refine');
  const [instruction, onInstruction] = useState('');
  const [handed, setHanded] = useState<Handover['proposed']>(null);
  const refining = useAsk<RefineBody, Refined>(`/workflows/${workflowId}/refine`);
  const optimising = useAsk<OptimiseBody, Optimised>(`/workflows/${workflowId}/optimize`);
  const explaining = useAsk<ExplainBody, Explained>(`/workflows/${workflowId}/explain`);
  useEffect(() => {
    const given = takeHandover(workflowId);
    if (given?.proposed) setHanded(given.proposed);
  }, [workflowId]);
  return { face, onFace, refining, optimising, explaining, instruction, onInstruction, handed, onHanded: () => setHanded(null) };
}
