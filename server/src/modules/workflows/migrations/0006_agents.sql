-- What models cost a run of a node: millionths of a US dollar. Tokens have a column from the beginning.
alter table node_executions add column cost bigint;

-- Altogether, for lists and budgets of one execution.
alter table workflow_executions add column tokens bigint not null default 0;
alter table workflow_executions add column cost bigint not null default 0;
alter table workflow_executions add column tool_calls integer not null default 0;

-- What whoever agreed to calls of an agent made of them: other arguments, some left out, or words for the model.
alter table execution_waits add column answer jsonb;

-- Records of tools by the agent that called them.
create index node_executions_called on node_executions (tenant_id, execution_id) where called_by is not null;
