import type { AnyOperation } from '#kernel/operation.ts';
import { nodeTemplatesCreate } from './nodeTemplates.create.ts';
import { nodeTemplatesDelete } from './nodeTemplates.delete.ts';
import { nodeTemplatesList } from './nodeTemplates.list.ts';
import { workflowTemplatesCreate } from './workflowTemplates.create.ts';
import { workflowTemplatesDelete } from './workflowTemplates.delete.ts';
import { workflowTemplatesGet } from './workflowTemplates.get.ts';
import { workflowTemplatesList } from './workflowTemplates.list.ts';
import { workflowTemplatesUpdate } from './workflowTemplates.update.ts';
import { workflowTemplatesUse } from './workflowTemplates.use.ts';
import { workflowsActivate } from './workflows.activate.ts';
import { workflowsArchive } from './workflows.archive.ts';
import { workflowsConnectionsAdd } from './workflows.connections.add.ts';
import { workflowsConnectionsDelete } from './workflows.connections.delete.ts';
import { workflowsCreate } from './workflows.create.ts';
import { workflowsDelete } from './workflows.delete.ts';
import { workflowsDiff } from './workflows.diff.ts';
import { workflowsDuplicate } from './workflows.duplicate.ts';
import { workflowsExport } from './workflows.export.ts';
import { workflowsGet } from './workflows.get.ts';
import { workflowsImport } from './workflows.import.ts';
import { workflowsList } from './workflows.list.ts';
import { workflowsNodesAdd } from './workflows.nodes.add.ts';
import { workflowsNodesDelete } from './workflows.nodes.delete.ts';
import { workflowsNodesUpdate } from './workflows.nodes.update.ts';
import { workflowsPause } from './workflows.pause.ts';
import { workflowsPublish } from './workflows.publish.ts';
import { workflowsRestore } from './workflows.restore.ts';
import { workflowsTestsCreate } from './workflows.tests.create.ts';
import { workflowsTestsDelete } from './workflows.tests.delete.ts';
import { workflowsTestsList } from './workflows.tests.list.ts';
import { workflowsTestsUpdate } from './workflows.tests.update.ts';
import { workflowsTriggersList } from './workflows.triggers.list.ts';
import { workflowsTriggersRotateToken } from './workflows.triggers.rotateToken.ts';
import { workflowsUpdate } from './workflows.update.ts';
import { workflowsValidate } from './workflows.validate.ts';
import { workflowsVersionsGet } from './workflows.versions.get.ts';
import { workflowsVersionsList } from './workflows.versions.list.ts';
import { workflowsVersionsPublish } from './workflows.versions.publish.ts';
import { workflowsVersionsRestore } from './workflows.versions.restore.ts';

/** Everything that is done with workflows as they are kept: drafts, versions, templates, files. */
export const modelOperations: readonly AnyOperation[] = [
  nodeTemplatesCreate,
  nodeTemplatesDelete,
  nodeTemplatesList,
  workflowTemplatesCreate,
  workflowTemplatesDelete,
  workflowTemplatesGet,
  workflowTemplatesList,
  workflowTemplatesUpdate,
  workflowTemplatesUse,
  workflowsActivate,
  workflowsArchive,
  workflowsConnectionsAdd,
  workflowsConnectionsDelete,
  workflowsCreate,
  workflowsDelete,
  workflowsDiff,
  workflowsDuplicate,
  workflowsExport,
  workflowsGet,
  workflowsImport,
  workflowsList,
  workflowsNodesAdd,
  workflowsNodesDelete,
  workflowsNodesUpdate,
  workflowsPause,
  workflowsPublish,
  workflowsRestore,
  workflowsTestsCreate,
  workflowsTestsDelete,
  workflowsTestsList,
  workflowsTestsUpdate,
  workflowsTriggersList,
  workflowsTriggersRotateToken,
  workflowsUpdate,
  workflowsValidate,
  workflowsVersionsGet,
  workflowsVersionsList,
  workflowsVersionsPublish,
  workflowsVersionsRestore,
];
