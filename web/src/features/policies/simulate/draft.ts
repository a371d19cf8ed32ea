export const KINDS = ['user', 'apiKey', 'agent', 'service', 'workflow'] as const;
export const SURFACES = ['web', 'rest', 'cli', 'mcp', 'workflow'] as const;
/** What is in force, with nothing in its place. */
export const IN_FORCE = 'force';

export interface TargetDraft {
  type: string;
  id: string;
  environment: string;
}
/** A call as somebody describes it on the page. */
export interface SimulationDraft {
  operation: string;
  input: Record<string, unknown>;
  userId: string;
  actorKind: (typeof KINDS)[number];
  surface: (typeof SURFACES)[number];
  targets: TargetDraft[];
  /** As an input of type datetime-local has it; empty is now. */
  at: string;
  comment: string;
  ticket: string;
  emergency: boolean;
  /** Id of a set, or `IN_FORCE`. */
  setId: string;
  version: string;
}

export const emptyDraft = (operation: string, set: string | undefined, version: number | undefined): SimulationDraft => ({
  operation,
  input: {},
  userId: '',
  actorKind: 'user',
  surface: 'web',
  targets: [],
  at: '',
  comment: '',
  ticket: '',
  emergency: false,
  setId: set ?? IN_FORCE,
  version: version === undefined ? '' : String(version),
});

/** What `policies.simulate` is asked; what was left empty is left out. */
export function simulationBody(draft: SimulationDraft, input: Record<string, unknown>): Record<string, unknown> {
  const { operation, userId, actorKind, surface, at, comment, ticket, emergency, setId, version } = draft;
  const targets = draft.targets.filter(({ type, id }) => type.trim() && id.trim());
  const brought = { ...(comment.trim() ? { comment: comment.trim() } : {}), ...(ticket.trim() ? { ticket: ticket.trim() } : {}), ...(emergency ? { emergency } : {}) }; // prettier-ignore
  return {
    operation,
    parameters: input,
    actorKind,
    surface,
    with: brought,
    ...(userId ? { userId } : {}),
    ...(targets.length > 0 ? { targets: targets.map(({ type, id, environment }) => ({ type: type.trim(), id: id.trim(), ...(environment.trim() ? { environment: environment.trim() } : {}) })) } : {}), // prettier-ignore
    ...(at && !Number.isNaN(Date.parse(at)) ? { at: new Date(at).toISOString() } : {}),
    ...(setId === IN_FORCE ? {} : { setId, ...(Number(version) >= 1 ? { version: Number(version) } : {}) }),
  };
}
