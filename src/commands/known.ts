import type {Known} from '../config/known.js';
import {samplers} from '../samplers/index.js';
import {bindings} from '../ui/keys-table.js';

/** What a configuration of this program may name. */
export const known: Known = {samplers: samplers.map(({name}) => name), keys: bindings};
