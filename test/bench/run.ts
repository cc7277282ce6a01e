/** `npm run bench`: prints figures, asserts nothing. */
import { benchCatalogue } from './catalogue.ts';
import { benchKnowledge } from './knowledge.ts';
import { benchOpen } from './open.ts';
import { benchPrompt } from './prompt.ts';
import { benchProxy } from './proxy.ts';
import { benchRender } from './render.ts';
import { benchResume } from './resume.ts';
import { benchWeight } from './weight.ts';

benchWeight();
await benchOpen();
await benchPrompt();
await benchRender();
await benchProxy();
await benchResume();
await benchCatalogue();
await benchKnowledge();
