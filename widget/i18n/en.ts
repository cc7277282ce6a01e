import { launcherStrings } from './launcher.ts';
import type { Strings } from './types.ts';

const busy = 'The assistant is very busy right now.';
const away = 'The assistant is not available right now.';
const reload = 'Something went wrong here. Please reload the page.';
const interrupted = 'The answer was cut off on its way.';

export const en: Strings = {
  ...launcherStrings.en,
  $lang: 'en',
  dialog: (shop) => (shop ? `${shop}: chat with the AI assistant` : 'Chat with the AI assistant'),
  assistant: 'AI assistant',
  disclosure: 'You are chatting with an AI. It can make mistakes; what counts is the product’s page.',
  demoModel: 'Demo model: scripted answers, no AI behind it',
  close: 'Close the chat',
  newChat: 'New conversation',
  conversation: 'Conversation',
  loading: 'Loading the chat…',
  youSaid: 'You:',
  assistantSaid: 'Assistant:',
  typing: 'The assistant is writing…',
  tool: (name) =>
    name === 'search_products'
      ? 'Searching the catalogue…'
      : name === 'show_products'
        ? 'Picking products…'
        : 'Looking that up…',
  reconnecting: 'Reconnecting…',
  waiting: 'Waits for the answer above',
  stopped: 'Stopped',
  cut: 'The answer got too long and ends here. Ask for the rest, if you like.',
  jump: 'Jump to the latest message',
  question: 'Your question',
  placeholder: 'Ask about products, sizes, gifts…',
  send: 'Send',
  stop: 'Stop answering',
  left: (count) => {
    const characters = Math.abs(count) === 1 ? 'character' : 'characters';
    return count < 0 ? `${-count} ${characters} too many` : `${count} ${characters} left`;
  },
  products: 'Products',
  productCount: (count) => (count === 1 ? '1 product' : `${count} products`),
  position: (index, count) => `${index} of ${count}`,
  previous: 'Previous products',
  next: 'More products',
  from: 'From ',
  salePrice: 'Sale price',
  regularPrice: 'Regular price',
  availability: {
    in_stock: 'In stock',
    out_of_stock: 'Out of stock',
    backorder: 'Available to order',
    preorder: 'Pre-order',
    discontinued: 'No longer sold',
    unknown: '',
  },
  rating: (value, count) => `Rated ${value} out of 5, ${count === 1 ? '1 review' : `${count} reviews`}`,
  view: 'View product',
  newTab: '(opens in a new tab)',
  retry: 'Try again',
  retryIn: (seconds) => (seconds === 1 ? 'Try again in a second.' : `Try again in ${seconds} seconds.`),
  failures: {
    network: 'No connection. Check your internet and try again.',
    interrupted,
    invalid_request: reload,
    invalid_json: reload,
    unsupported_media_type: reload,
    body_too_large: 'This message is too long. Please make it shorter.',
    message_empty: 'Please write a question first.',
    message_too_long: 'This message is too long. Please make it shorter.',
    unauthorized: 'This chat has expired. Please reload the page.',
    origin_not_allowed: 'The chat is not set up for this site yet.',
    shop_not_found: 'The chat is not set up for this shop yet.',
    thread_not_found: 'This conversation is no longer here. Please start a new one.',
    turn_not_found: interrupted,
    turn_active: 'An answer is still being written, perhaps in another tab. Wait for it and try again.',
    not_found: reload,
    method_not_allowed: reload,
    overloaded: busy,
    model_unavailable: away,
    model_rate_limited: busy,
    model_quota: away,
    model_config: away,
    model_timeout: 'The answer took too long.',
    model_interrupted: interrupted,
    model_refused: 'I can’t help with that. Is there something else you are looking for?',
    context_too_long: 'This conversation got too long. Please start a new one.',
    shutting_down: 'The chat is being updated. It is back in a moment.',
    internal: 'Something went wrong on our side.',
  },
};
