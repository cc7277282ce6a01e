/** Builds an element: `el('a', { class: 'brand', href: '/' }, 'Pippalo')`. Functions become listeners; texts stay texts. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const ICONS = {
  paw: '<path fill="currentColor" d="M12 11c3.5 0 6.5 4 6 6.5-.5 3-3.5 1.5-6 1.500s-5.5 1.5-6-1.500C5.5 15 8.5 11 12 11z"/><g fill="currentColor"><ellipse cx="5.5" cy="9.5" rx="2" ry="3"/><ellipse cx="9.5" cy="6" rx="2" ry="3"/><ellipse cx="14.5" cy="6" rx="2" ry="3"/><ellipse cx="18.5" cy="9.5" rx="2" ry="3"/></g>',
  cart: '<path d="M3 4h2l2.4 11h10.200L20 7H6"/><circle cx="9" cy="19" r="1.3"/><circle cx="16" cy="19" r="1.3"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  minus: '<path d="M6 12h12"/>',
  plus: '<path d="M6 12h12M12 6v12"/>',
  star: '<path fill="currentColor" stroke="none" d="M12 3l2.7 5.8 6.3.7-4.7 4.3 1.3 6.200L12 16.9 6.4 20l1.3-6.200L3 9.500l6.3-.7z"/>',
};

export function icon(name) {
  const holder = document.createElement('template');
  holder.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${ICONS[name]}</svg>`;
  return holder.content.firstElementChild;
}
