const EVENTS = [
  'ready',
  'open',
  'close',
  'message-send',
  'response-start',
  'response-end',
  'products-shown',
  'product-click',
  'add-to-cart',
  'view-cart',
  'cart-updated',
  'thread-change',
  'feedback',
  'handoff',
  'consent-change',
  'connection-change',
  'identity-expired',
  'error',
];
/** What each of them has of its own; all have `shop` and `threadId`. */
const FIELDS = ['status', 'product', 'products', 'line', 'cart', 'failure'];

for (const name of EVENTS) {
  // They bubble: one listener on the document hears the chat wherever it is.
  document.addEventListener(`shopclerk-${name}`, (event) => {
    const own = FIELDS.filter((field) => field in event).map((field) => [field, event[field]]);
    const line = document.createElement('p');
    const title = document.createElement('b');
    title.textContent = event.type;
    line.append(title, ` ${JSON.stringify({ threadId: event.threadId, ...Object.fromEntries(own) }, short)}`);
    document.querySelector('.log').prepend(line);
  });
}

/** Of a product its title is enough here. */
function short(_key, value) {
  return value?.external_id ? value.title : value;
}
