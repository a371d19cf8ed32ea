import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'exchange-color-contrast': { status: 422, title: 'Colour too faint', meaning: 'Text in the colour could not be read by everybody: it has a contrast of less than 4.5 to 1 against the pages that it is for.', remedy: 'Choose a darker colour for light pages, and a lighter one for dark pages. No colour is good for both.' },
}); // prettier-ignore
