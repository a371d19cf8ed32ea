-- How rules want the Change carried out, and how far it is: stages with their targets, of which a few may go first.
alter table changes add column canary jsonb;
alter table changes add column stages jsonb;
