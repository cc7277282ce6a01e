// A classic script in the head: the page must have its language and direction before anything is painted, and the
// widget's tag above must know it before the widget, being deferred, reads it.
(() => {
  const languages = ['en', 'he'];
  const asked = new URLSearchParams(location.search).get('lang');
  if (languages.includes(asked)) localStorage.setItem('pippalo-lang', asked);
  const kept = localStorage.getItem('pippalo-lang');
  const lang = languages.includes(kept) ? kept : navigator.language.startsWith('he') ? 'he' : 'en';
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === 'he' ? 'rtl' : 'ltr';
  document.querySelector('script[data-shop]').dataset.locale = lang;
})();
