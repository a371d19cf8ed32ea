-- Conversations with a workflow that begins by chat: whose each is. What was said in it is what its executions began with and made.
create table chat_sessions (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  actor_id uuid not null,
  title text not null,
  greeting text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create index chat_sessions_mine on chat_sessions (tenant_id, actor_id, workflow_id, id);
create index chat_sessions_workflow on chat_sessions (tenant_id, workflow_id);

alter table workflow_executions add column chat_session_id uuid;
create index workflow_executions_chat on workflow_executions (tenant_id, chat_session_id, id) where chat_session_id is not null;
