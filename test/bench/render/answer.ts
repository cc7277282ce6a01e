/** A long answer as models write them, of `size` characters. */
export function longAnswer(size: number): string {
  let text = '';
  for (let part = 1; text.length < size; part++) text += section(part);
  return text.slice(0, size);
}

function section(part: number): string {
  return `## ${part}. Beds that **suit** an old dog

An old dog lies down **carefully** and gets up _slowly_, so the edge should be low and the foam firm. Of the ${part * 3} beds in
the shop these are the ones that others with big dogs kept; the rest went back within a month, mostly because of the cover.

- **Orthopaedic bed ${part}**: 12 cm of foam, cover washable at \`60 °C\`
- **Round bed ${part}**: softer, for dogs that curl up
  - in grey and in brown
  - [see all colours](https://shop.example/beds/${part}?colour=all)
- **Travel bed ${part}**: rolls up, 900 g

| Bed | Size | Price |
|:----|:----:|------:|
| Orthopaedic ${part} | 100 × 70 | 219.90 |
| Round ${part} | ⌀ 80 | 149.90 |
| Travel ${part} | 90 × 60 | 89.90 |

1. Measure your dog from nose to tail while it sleeps.
2. Add **20 cm**; that is the length of the bed.
3. If it snores against the wall, take the one with the rim.

> Covers can be bought apart; a second one saves a night on the floor.

${part % 4 === 0 ? '```sh\nlength=$((dog + 20))\necho "$length cm"\n```\n\n' : ''}Shall I put one of them into your cart, or would you like to see more of them for bed number ${part}?

`;
}
