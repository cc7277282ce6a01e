import type { ShopperStrings, Strings } from './types.ts';

/** Comes with the pieces that say it. */
const shopperEn: ShopperStrings = {
  conversations: 'Your conversations',
  back: 'Back to the chat',
  search: 'Search your conversations',
  searchFailed: 'Your conversations can’t be shown right now.',
  none: 'No conversations yet. What you ask will be found here.',
  nothingFound: 'No conversation has these words in it.',
  found: (count) => (count === 1 ? '1 conversation' : `${count} conversations`),
  untitled: 'Untitled conversation',
  current: 'Open now',
  running: 'Being answered',
  rename: (title) => `Rename: ${title}`,
  remove: (title) => `Delete: ${title}`,
  title: 'Title',
  save: 'Save',
  cancel: 'Cancel',
  renamed: 'The title is saved.',
  removeSure: 'Delete this conversation for good?',
  removeYes: 'Delete',
  removeNo: 'Keep it',
  removed: 'The conversation is deleted.',
  actions: 'What to do with this answer',
  copy: 'Copy answer',
  copied: 'Copied',
  copyFailed: 'This can’t be copied here. You can select the text and copy it.',
  good: 'Good answer',
  bad: 'Bad answer',
  thanks: 'Thank you, that helps us.',
  takenBack: 'Your rating is taken back.',
  again: 'Answer again',
  why: 'What was wrong with it?',
  reasons: { wrong: 'Not correct', unhelpful: 'Not helpful', unsafe: 'Offensive or unsafe', other: 'Something else' },
  comment: 'Anything to add? (optional)',
  send: 'Send',
  skip: 'Skip',
  trimmed: 'The text was too long for one message. Its end is cut off.',
};

export const shopperStrings = ({ shopper = shopperEn, $own }: Strings): ShopperStrings =>
  $own?.(shopper, 'shopper.') ?? shopper;
