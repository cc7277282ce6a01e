// Not sent: it stands where the shopper writes, to be finished.
document.querySelector('#ask').addEventListener('click', ({ currentTarget: opener }) => {
  const product = document.querySelector('.feature h2').textContent;
  shopclerk('open', { prefill: `${product}: `, opener });
});
