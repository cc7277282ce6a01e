// Before the tag: what is asked now is kept until the chat can do it.
window.shopclerk ||= (...command) => (shopclerk.q ||= []).push(command);
shopclerk('setDraft', 'Which food suits a puppy?');

/** Those that need a value of yours are not among them: selectThread(id), identify(jwt). */
const COMMANDS = [
  ['open'],
  ['open', { message: 'What is on sale?' }],
  ['open', { prefill: 'I have a rabbit who ' }],
  ['close'],
  ['toggle'],
  ['send', 'Cat toys under ₪50'],
  ['setDraft', 'Do you have '],
  ['stop'],
  ['newThread'],
  ['consent', 'granted'],
  ['setContext', { title: 'Puddler Rain Coat', products: [{ name: 'Puddler Rain Coat' }] }],
  ['exportData'],
  ['deleteData'],
  ['signOut'],
  ['destroy'],
];

addEventListener('DOMContentLoaded', () => {
  for (const command of COMMANDS) {
    const button = document.createElement('button');
    button.className = 'chip';
    button.textContent = command.map((part) => JSON.stringify(part)).join(', ');
    button.addEventListener('click', () => void run(command, button.textContent));
    document.querySelector('#commands').append(button);
  }
});

async function run(command, title) {
  const answer = await shopclerk(...command);
  const text = answer instanceof Blob ? await answer.text() : String(answer);
  const line = document.createElement('p');
  line.textContent = `${title} → ${text.slice(0, 300)}`;
  document.querySelector('.log').prepend(line);
}
