// All checks, as tasks with a name and a function that returns problems in words.
import { accessible } from './accessible.js';
import { fits } from './fits.js';
import { kept } from './kept.js';
import { keyboard } from './keyboard.js';
import { paper } from './paper.js';
import { quiet } from './quiet.js';
import { search } from './search.js';

export const checks = (world) => [keyboard, kept, search, quiet, fits, paper, accessible].flatMap((group) => group(world));
