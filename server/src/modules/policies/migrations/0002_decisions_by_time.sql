-- Lists, replays and the sweep go by time.
create index policy_decisions_at on policy_decisions (tenant_id, at, id);
create index policy_shadow_differences_at on policy_shadow_differences (tenant_id, at);
