import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'channel-invalid': {
    status: 422,
    title: 'Channel cannot be used',
    meaning: 'What the channel needs is missing or of the wrong form, or its address is one that must not be called.',
    remedy: 'A webhook needs its https address; a bot needs its token, its signing secret and the id of the channel.',
  },
  'channel-name-taken': {
    status: 409,
    title: 'Name of the channel is in use',
    meaning: 'Another channel of the tenant has this name.',
    remedy: 'Choose another name.',
  },
  'slack-signature-invalid': {
    status: 401,
    title: 'Request is not from Slack',
    meaning: 'The signature of the request is missing, does not fit the body, or is more than five minutes off.',
    remedy: 'Nothing was done. Compare the signing secret of the channel with the one of the app in Slack, and the clocks of the two.',
  },
  'slack-link-invalid': {
    status: 422,
    title: 'Link cannot be used',
    meaning: 'A link that says who somebody in Slack is was changed, is too old, or is for another tenant or person.',
    remedy: 'Press the button in Slack again, and open the new link signed in with the address that Slack knows you by.',
  },
});
