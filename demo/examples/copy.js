// On the document, so that it also works in a body that replaced the one it began with.
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copy]');
  if (button) void copy(button, button.closest('figure').querySelector('code'));
});

async function copy(button, code) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch (error) {
    // A page that is not served by HTTPS may not; what is selected can still be copied by hand.
    getSelection().selectAllChildren(code);
    console.warn('Could not copy; the code is selected.', error);
    return;
  }
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = before), 2_000);
}
