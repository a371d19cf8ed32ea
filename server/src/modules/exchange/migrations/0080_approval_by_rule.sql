-- Requests that a rule agrees to without a person, where the fabric was put under it.
alter table exchange_fabrics
  add column approval_mode text not null default 'manual_admin' check (approval_mode in ('manual_admin', 'policy_auto')),
  -- In whose name the rule agrees: what they may do is looked at each time.
  add column approval_by uuid,
  add column approval_by_name text;

alter table exchange_join_requests
  add column decision_source text check (decision_source in ('person', 'policy')),
  add column decision_rule text,
  -- Why the rule has not agreed.
  add column waits_for text;
update exchange_join_requests set decision_source = 'person' where decided_by is not null;
