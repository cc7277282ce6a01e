// For what the page's markup doesn't say; null goes back to the markup.
document.querySelector('#other').addEventListener('click', () => {
  const name = document.documentElement.lang === 'he' ? 'עץ טיפוס לחתול 140 ס"מ Lookout' : 'Lookout Cat Tree, 140 cm';
  shopclerk('setContext', { title: name, products: [{ name, url: '/demo/product.html?id=139' }] });
  shopclerk('open');
});
