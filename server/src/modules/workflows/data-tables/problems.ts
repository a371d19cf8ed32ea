import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'data-table-not-found': {
    status: 404,
    title: 'No such table',
    meaning: 'There is no data table with this id or name in this tenant, or your grants do not reach it.',
    remedy: 'List the tables and use an id or a name from there.',
  },
  'data-table-name-taken': {
    status: 409,
    title: 'Name of the table is in use',
    meaning: 'Another data table of the tenant has this name.',
    remedy: 'Choose another name.',
  },
  'data-table-columns-invalid': {
    status: 422,
    title: 'Columns do not go together',
    meaning: 'Names of columns are unique, at most one is the key, and a table that is in use takes further columns but loses none.',
    remedy: 'Mend the columns, or make another table.',
  },
  'data-rows-invalid': {
    status: 422,
    title: 'Rows do not fit the table',
    meaning: 'Values are of the types of their columns, and what is required is there. `errors` names each value.',
    remedy: 'Mend the rows. Nothing was written.',
  },
  'data-row-exists': {
    status: 409,
    title: 'A row with this key exists',
    meaning: 'The key column of a table holds each value once.',
    remedy: 'Upsert instead of inserting, or use another key.',
  },
  'data-table-full': {
    status: 422,
    title: 'The table takes no further rows',
    meaning: 'A data table holds a bounded number of rows: it is for lists and states of workflows, not a warehouse.',
    remedy: 'Delete rows that nobody needs, or keep them in a database of your own.',
  },
});
