import type { Part } from './fields.ts';
import { answers } from './parts/answers.ts';
import { looks } from './parts/looks.ts';
import { models } from './parts/models.ts';
import { people } from './parts/people.ts';
import { privacy } from './parts/privacy.ts';
import { words } from './parts/words.ts';

/** What can be changed of a shop, as it is shown: in which part, called what, and how one writes it. Fields that aren't here are shown as JSON. */
export const PARTS: readonly Part[] = [words, answers, looks, people, models, privacy];
