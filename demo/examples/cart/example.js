/** A basket of the page's own: pieces by variant. */
const basket = new Map();

function draw() {
  const lines = [...basket.values()].map(({ title, quantity }) => {
    const line = document.createElement('li');
    line.textContent = `${quantity} × ${title}`;
    return line;
  });
  document.querySelector('#basket').replaceChildren(...lines);
}

function put(id, title, pieces) {
  const quantity = (basket.get(id)?.quantity ?? 0) + pieces;
  if (quantity > 0) basket.set(id, { title, quantity });
  else basket.delete(id);
  draw();
  return { ok: true };
}

/** May be asynchronous, as a real cart is; and says no in the chat's words: { ok: false, code: 'out_of_stock' }. */
document.addEventListener('shopclerk-add-to-cart', (event) => {
  const { line, product } = event;
  const added = put(line.variantId, product.title, line.quantity);
  event.respondWith({ ...added, undo: () => put(line.variantId, product.title, -line.quantity) });
});
