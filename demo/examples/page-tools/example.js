// Before the tag: what is asked now is kept until the chat can do it.
window.shopclerk ||= (...command) => (shopclerk.q ||= []).push(command);

/** The salon's calendar, in the page's language. */
const FREE =
  document.documentElement.lang === 'he'
    ? { שני: ['9:00', '14:30'], שלישי: ['11:00'], חמישי: ['10:15', '16:00'] }
    : { Monday: ['9:00', '14:30'], Tuesday: ['11:00'], Thursday: ['10:15', '16:00'] };

/** What the model reads of it: the name, the description, and what may go into it. */
const GROOMING_SLOTS = {
  name: 'grooming_slots',
  description: 'When the grooming salon is free: times, by day. תורים פנויים במספרת הכלבים, לפי יום.',
  parameters: {
    type: 'object',
    properties: { day: { type: 'string', enum: Object.keys(FREE), description: 'Left out: every day.' } },
  },
};

/** May be asynchronous, and may look anything up; what it returns is told to the assistant as data. */
shopclerk('registerTool', GROOMING_SLOTS, ({ day }) => {
  const line = document.createElement('p');
  line.textContent = `grooming_slots(${day ?? ''})`;
  document.querySelector('.log').prepend(line);
  return day ? { [day]: FREE[day] } : FREE;
});
