const LANGUAGES = ['en', 'he', 'ar', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ru', 'uk', 'tr', 'ja', 'zh'];
const clerk = document.querySelector('shop-clerk');

// Your own words in the place of ours, by language and name.
clerk.strings = {
  en: { placeholder: 'Ask Pippalo anything about animals' },
  he: { placeholder: 'שאלו את פיפאלו כל דבר על חיות' },
};

for (const language of LANGUAGES) {
  const button = document.createElement('button');
  button.className = 'chip';
  button.lang = language;
  button.textContent = new Intl.DisplayNames(language, { type: 'language' }).of(language);
  button.addEventListener('click', () => {
    clerk.setAttribute('locale', language);
    shopclerk('open');
  });
  document.querySelector('#languages').append(button);
}
