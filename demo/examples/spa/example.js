/** The roughest way to go on to another page: a new body. The chat stands beside it, not in it. */
function show() {
  const page = new URLSearchParams(location.search).get('page') ?? 'dogs';
  const body = document.body.cloneNode(true);
  const { content } = body.querySelector(`template#${CSS.escape(page)}`) ?? body.querySelector('template');
  body.querySelector('#outlet').replaceChildren(content.cloneNode(true));
  for (const link of body.querySelectorAll('[data-route]')) {
    link.toggleAttribute('aria-current', link.dataset.route === page);
  }
  document.body.replaceWith(body);
}

addEventListener('click', (event) => {
  const link = event.target.closest('[data-route]');
  if (!link) return;
  event.preventDefault();
  const url = new URL(location.href);
  url.searchParams.set('page', link.dataset.route);
  history.pushState(null, '', url);
  show();
});
addEventListener('popstate', show);
show();
