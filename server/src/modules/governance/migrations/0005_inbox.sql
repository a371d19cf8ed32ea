-- What is open, the most urgent first: the inbox reads its first page and no more.
create index approval_requests_open_due on approval_requests (tenant_id, sla_due_at, id) where status in ('pending', 'partially_approved');
