-- A process that dies makes nothing free: what it had set aside is counted as spent once its time is over, by what stands here.
-- `output_tokens` is the part of `tokens` that was for the answer. The defaults are for rows of a process that is being replaced.
alter table ai_reservations add column model text not null default 'unknown';
alter table ai_reservations add column purpose text not null default 'llm';
alter table ai_reservations add column output_tokens bigint not null default 0;
-- Accounts that pay, nearest first.
alter table ai_reservations add column accounts uuid[] not null default '{}';

-- What agents and executions may spend with whatever they call, and what they have spent. `above`: accounts that pay with this one, nearest
-- first. Opened where something is bounded only; forgotten when no execution can go on with it.
create table ai_accounts (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  above uuid[] not null default '{}',
  tokens_most bigint check (tokens_most >= 0),
  cost_most bigint check (cost_most >= 0),
  tokens bigint not null default 0,
  cost bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
