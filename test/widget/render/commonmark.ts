/** Examples of the CommonMark Spec 0.31.2 that are shown otherwise than the spec says, by their numbers and on purpose. */
export const DIFFERENT: Record<string, readonly number[]> = {
  'HTML is text': [
    21, 31, 110, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167,
    169, 170, 171, 172, 173, 174, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 188, 189, 190, 191, 308, 309,
    344, 475, 476, 477, 524, 615, 616, 617, 642, 643,
  ],
  'there are no reference links': [
    23, 33, 192, 193, 194, 195, 196, 198, 200, 202, 203, 204, 205, 206, 207, 208, 210, 211, 214, 215, 216, 217, 218,
    317, 527, 528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 539, 540, 541, 542, 543, 544, 545, 549, 550, 553,
    554, 555, 556, 557, 558, 559, 560, 561, 562, 563, 564, 565, 566, 567, 568, 569, 570, 571, 573, 576, 577, 582, 583,
    584, 585, 586, 587, 588, 589, 591, 592, 593,
  ],
  'what is indented is no code, and a tab in it no matter': [
    1, 2, 3, 5, 6, 7, 8, 18, 36, 48, 49, 69, 70, 85, 87, 100, 107, 111, 112, 114, 115, 116, 117, 118, 134, 225, 231,
    236, 238, 252, 253, 254, 264, 270, 271, 272, 273, 274, 278, 286, 287, 288, 289, 290,
  ],
  'a heading needs a space, not a tab': [10],
  'references that models don’t write are shown as written': [25, 32, 503],
  'bare addresses are links, as in GitHub’s': [602, 606, 608, 611, 612],
  'lists go by the column of their first line alone; a quoted or doubled blank line counts as one': [
    312, 313, 257, 315, 320,
  ],
  'runs of more than six stars are text': [417],
  'addresses and brackets that nobody writes': [493, 494, 496, 507, 520],
};
