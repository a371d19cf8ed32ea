import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'secret-not-found': {
    status: 404,
    title: 'No such secret',
    meaning: 'There is no secret or variable with this id in this tenant, or it was deleted for good.',
    remedy: 'List them with `secrets.list`; `deleted=true` shows those that can be restored.',
  },
  'secret-version-not-found': {
    status: 404,
    title: 'No such version',
    meaning: 'The secret has no version with this number, or it is no longer among the 20 that are kept.',
    remedy: 'List the versions with `secrets.versions`.',
  },
  'secret-name-invalid': {
    status: 422,
    title: 'Name not possible',
    meaning: 'Names are 3 to 64 capital letters, digits and underscores, and do not begin with a digit.',
    remedy: 'Write it as in `DATABASE_URL`.',
  },
  'secret-name-reserved': {
    status: 422,
    title: 'Name reserved',
    meaning: 'The name begins with SWITCHYARD_, SYSTEM_, INTERNAL_, NODE_ or REACT_APP_, which programs read as settings of their own.',
    remedy: 'Choose a name that begins otherwise.',
  },
  'secret-in-use': {
    status: 409,
    title: 'Secret in use',
    meaning: 'Something refers to the secret by its name and would stop working without it. `references` lists what.',
    remedy: 'Take the name out of those first. To replace the value they use, rotate the secret instead.',
  },
  'secret-limit': {
    status: 409,
    title: 'Too many secrets',
    meaning: 'A tenant holds at most 5000 secrets and variables.',
    remedy: 'Delete those that nothing uses.',
  },
  'secret-reference-missing': {
    status: 422,
    title: 'Referenced secret missing',
    meaning: 'A field says `secret://NAME`, and there is no secret of that name for the project and environment of the object.',
    remedy: 'Create it, or correct the name; `errors` has a pointer to each field.',
  },
  'secret-use-forbidden': {
    status: 403,
    title: 'You may not use this secret',
    meaning: 'Naming a secret sends its value where the object leads. That takes the permission `secrets:use` over the secret.',
    remedy: 'Ask for a grant with `secrets:use` whose Scope covers the secret.',
  },
  'secret-undecryptable': {
    status: 500,
    title: 'Secret cannot be opened',
    meaning:
      'The stored value does not open where it lies: it was altered, copied from another tenant, secret or name, or sealed under a key that is gone. A security event was raised.',
    remedy: 'Set a new value with `secrets.rotate`, and find out who changed the database.',
  },
  'secret-import-invalid': {
    status: 422,
    title: 'File cannot be imported',
    meaning: 'Lines of the file cannot be taken, or it has none that can. Nothing was imported. `lines` has each with its number and the reason.',
    remedy: 'Correct the lines; a dry run says beforehand what would be done.',
  },
  'secret-export-gone': {
    status: 410,
    title: 'Export gone',
    meaning: 'An exported file is handed out once, within five minutes, and to nobody but whoever asked for it.',
    remedy: 'Export again.',
  },
  'secret-export-too-large': {
    status: 422,
    title: 'Too many secrets at once',
    meaning: 'There are more secrets and variables at that place than are handed out in one piece.',
    remedy: 'Name a project, an environment, or the names that are needed.',
  },
  'secret-template-not-found': {
    status: 404,
    title: 'No such template',
    meaning: 'There is no template of a service with this id.',
    remedy: 'List them with `secretTemplates.list`.',
  },
});
