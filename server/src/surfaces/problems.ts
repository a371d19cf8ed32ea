import { defineProblems } from '#kernel/problem.ts';
import '#kernel/problems.ts';

defineProblems({
  'method-not-allowed': { status: 405, title: 'Method not allowed', meaning: 'The path exists, but not with this method.', remedy: 'Use one of the methods in the `Allow` header.' },
  'headers-too-large': { status: 431, title: 'Headers too large', meaning: 'The request line and headers together are larger than 16 KiB.', remedy: 'Send fewer or shorter headers; put long input into the body.' },
  'host-denied': { status: 403, title: 'Host not served', meaning: 'The Host header names a site that this installation does not serve; a page of another site may be rebinding its name to us.', remedy: 'Use the installation’s own address, or add the name to the hosts that it serves.' },
}); // prettier-ignore
