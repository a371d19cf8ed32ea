import { dataTablesCreate } from '../data-tables/operations/dataTables.create.ts';
import { dataTablesDelete } from '../data-tables/operations/dataTables.delete.ts';
import { dataTablesGet } from '../data-tables/operations/dataTables.get.ts';
import { dataTablesList } from '../data-tables/operations/dataTables.list.ts';
import { dataTablesRowsList } from '../data-tables/operations/dataTables.rows.list.ts';
import { dataTablesRowsWrite } from '../data-tables/operations/dataTables.rows.write.ts';
import { dataTablesUpdate } from '../data-tables/operations/dataTables.update.ts';
import { egressCreate } from './operations/egress.create.ts';
import { egressDelete } from './operations/egress.delete.ts';
import { egressList } from './operations/egress.list.ts';

/** What workflows may reach, and what they keep. */
export const surroundingOperations = [
  egressList,
  egressCreate,
  egressDelete,
  dataTablesList,
  dataTablesGet,
  dataTablesCreate,
  dataTablesUpdate,
  dataTablesDelete,
  dataTablesRowsList,
  dataTablesRowsWrite,
];
