for (const button of document.querySelectorAll('[data-consent]')) {
  button.addEventListener('click', () => {
    shopclerk('consent', button.dataset.consent);
    if (button.dataset.consent === 'granted') shopclerk('open');
  });
}
