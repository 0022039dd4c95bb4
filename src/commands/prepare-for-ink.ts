import type {Io} from './io.js';

/**
 * To be called before Ink is imported: its libraries ask the environment about colours and continuous integration; our cells decide what of
 * it is shown.
 */
export function prepareForInk(env: Io['env']): void {
	delete env['CI'];
	delete env['CONTINUOUS_INTEGRATION'];
	delete env['NO_COLOR'];
	delete env['DEV'];
	env['FORCE_COLOR'] = '3';
}
