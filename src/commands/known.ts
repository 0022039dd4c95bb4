import type {Known} from '../config/known.js';

/** What a configuration of this program may name. The types of checks and notifiers come with all that their schemas need. */
export async function loadKnown(): Promise<Known> {
	const [{checkTypes}, {notifierTypes}, {samplers}, {bindings}] = await Promise.all([
		import('../checks/index.js'),
		import('../notifiers/index.js'),
		import('../samplers/index.js'),
		import('../ui/keys-table.js'),
	]);
	return {samplers: samplers.map(({name}) => name), keys: bindings, checkTypes, notifierTypes};
}
