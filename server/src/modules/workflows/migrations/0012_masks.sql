-- What only the engine reads: sealed, shown to nobody, and erased when the execution has ended.
-- Begun by a sensitive node, or by one that is fed by a sensitive node: all that comes in, leaves and is recorded of it is sensitive.
alter table workflow_executions add column veiled boolean not null default false;
alter table workflow_executions add column sealed_inputs text;
alter table workflow_executions add column sealed_outputs text;
-- What an agent was answered and has asked for, with the arguments as they are made; and what a node that is fed by a sensitive one goes on
-- from after a wait. What they hand on and tell is masked.
alter table node_executions add column sealed_steps text;
