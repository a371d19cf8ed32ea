import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'collection-not-found': {
    status: 404,
    title: 'No such collection',
    meaning: 'There is no knowledge collection with this id or name in this tenant, or it is kept for others.',
    remedy: 'List the collections and use an id or a name from there.',
  },
  'collection-name-taken': {
    status: 409,
    title: 'Name of the collection is in use',
    meaning: 'Another knowledge collection of the tenant has this name.',
    remedy: 'Choose another name.',
  },
  'collection-full': {
    status: 422,
    title: 'No room for more knowledge',
    meaning: 'The tenant has as many collections as it may, or the collection as many documents or passages.',
    remedy: 'Delete what nobody needs, or make another collection.',
  },
  'document-not-found': {
    status: 404,
    title: 'No such document',
    meaning: 'There is no document with this id in this tenant, or it is kept for others.',
    remedy: 'List the documents of the collection and use an id from there.',
  },
  'document-unreadable': {
    status: 422,
    title: 'Document cannot be read',
    meaning: 'Text in UTF-8, Markdown, HTML and CSV are read. PDF, pictures, archives and files of office programs are not.',
    remedy: 'Export the document as text, Markdown, HTML or CSV and upload that.',
  },
  'document-too-large': {
    status: 413,
    title: 'Document too large',
    meaning: 'A document has 5 MiB at most, since it is read as a whole.',
    remedy: 'Cut it into several documents.',
  },
  'document-exists': {
    status: 409,
    title: 'Document is there already',
    meaning: 'The collection has a document with the very same content.',
    remedy: 'Change the title or the labels of the one that is there.',
  },
});
