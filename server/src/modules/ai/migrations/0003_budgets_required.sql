-- The tenant wants every agent that is published to have a bound.
alter table ai_settings add column budgets_required boolean not null default false;
