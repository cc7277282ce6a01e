// For what the page's markup doesn't say; null goes back to the markup.
document.querySelector('#other').addEventListener('click', () => {
  shopclerk('setContext', {
    title: 'Lookout Cat Tree, 140 cm',
    products: [{ name: 'Lookout Cat Tree, 140 cm', url: '/demo/product.html?id=139' }],
  });
  shopclerk('open');
});
