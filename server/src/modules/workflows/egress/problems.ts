import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'egress-exception-not-found': {
    status: 404,
    title: 'No such exception',
    meaning: 'There is no exception with this id in this tenant.',
    remedy: 'List the exceptions and use an id from there.',
  },
  'egress-exception-refused': {
    status: 422,
    title: 'This cannot be opened',
    meaning: 'Addresses of this installation, of machines themselves and of metadata services stay closed, and an exception is a network or a name.',
    remedy: 'Name a network of your own such as 10.20.0.0/16, or a name such as netbox.example.net or *.example.net.',
  },
  'egress-exception-exists': {
    status: 409,
    title: 'This is open already',
    meaning: 'There is an exception for this network or name. Its ports are part of it.',
    remedy: 'Delete the exception and open it anew with the ports that you need.',
  },
});
