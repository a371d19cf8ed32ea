comment on table approval_requests is '@platform(select): counted over all tenants, for metrics';
create index approval_requests_waiting on approval_requests (status) where status in ('pending', 'partially_approved');
