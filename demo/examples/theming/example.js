const clerk = document.querySelector('shop-clerk');

for (const input of document.querySelectorAll('[data-property]')) {
  input.addEventListener('input', () => {
    clerk.style.setProperty(input.dataset.property, input.value + (input.dataset.unit ?? ''));
  });
}
for (const button of document.querySelectorAll('[data-scheme]')) {
  button.addEventListener('click', () => clerk.setAttribute('color-scheme', button.dataset.scheme));
}
