// Attributes may change at any time: the element follows.
for (const button of document.querySelectorAll('button[data-layout]')) {
  button.addEventListener('click', () => {
    const clerk = document.querySelector('shop-clerk');
    const { layout, position = 'end', push } = button.dataset;
    clerk.setAttribute('layout', layout);
    clerk.setAttribute('position', position);
    clerk.toggleAttribute('push', push !== undefined);
    shopclerk('open');
  });
}
