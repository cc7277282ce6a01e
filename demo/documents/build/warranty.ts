import type { Block } from './docx.ts';

/** The warranty booklet of Pippalo, which the shop has as a Word file. */
export const warranty: readonly Block[] = [
  { title: 'Warranty' },
  { text: 'What we stand for beyond the law, and how to make use of it. The law’s own rights stay as they are.' },
  { heading: 'How long each thing is covered' },
  {
    table: [
      ['Goods', 'Warranty'],
      ['Electric things: Rill fountain, Murmur filter, Steadywarm heater', '2 years'],
      ['Cloudrest bed: the foam', '3 years'],
      ['Cloudrest bed: cover and zip', '1 year'],
      ['Lookout cat tree, Aria cage, Burrowtop home', '2 years'],
      ['Harnesses, leashes and collars: seams and buckles', '1 year'],
      ['Lagoon aquarium: leaks', '5 years'],
      ['Everything else', '6 months'],
    ],
  },
  { heading: 'What is covered' },
  {
    text: 'Faults of material and making: a seam that opens, a pump that stops, glass that leaks, foam that stays flat. The warranty begins on the day of delivery, and goes on for whoever has the receipt, also for a present.',
  },
  { heading: 'What is not covered' },
  {
    text: 'Teeth and claws, usual wear, water where none belongs, a heater that ran dry, and covers that were washed hotter than the label says.',
  },
  { heading: 'Chewed leashes' },
  {
    text: 'Though teeth aren’t covered: once in a leash’s life we replace a chewed Glowline for half its price. Bring the pieces, we want to see them.',
  },
  { heading: 'How to claim' },
  {
    text: 'Write to hello@pippalo.example with the order number, a photo or a short film, and the serial number if there is one (on the Rill it is under the bowl). You hear from us within two working days. We repair, replace or give the money back, in this order, within 21 days.',
  },
  { heading: 'Repairs and spare parts' },
  {
    text: 'Pumps, filters, zips and cat tree posts can be bought singly for seven years after a product is discontinued. Posting a faulty thing to us costs you nothing during the warranty.',
  },
  { heading: 'A toy was torn on the first day' },
  {
    text: 'The Bounder ball and the Stuff-It are for strong chewers: if a dog within the weight on the label breaks one in the first 30 days, we send another, once.',
  },
];
