import type {Safe} from '../core/safe.js';

/** What a key came to, in the last line until the next key. */
export type Notice = {readonly level: 'ok' | 'warning'; readonly text: Safe};
