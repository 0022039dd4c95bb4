import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {safe} from '../../src/core/safe.js';
import {AttachedStore} from '../../src/engine/attached-store.js';

/** What an attached store may know of time. */
const clock = {
	now: () => performance.now(),
	wake(delay: number, run: () => void) {
		const timer = setTimeout(run, delay);
		return () => clearTimeout(timer);
	},
};

/** What the engine of a state directory shows to an attached screen, from its first picture on; left alone when the test has ended. */
export async function attachedTo(directory: string, within = 20_000): Promise<AttachedStore> {
	const end = performance.now() + within;

	for (;;) {
		const store = new AttachedStore({path: join(directory, 'view.sock'), version: safe`test`, root: '/', clock});
		const refusal = await store.attach(within);

		if (!refusal) {
			onTestFinished(() => store.close());
			return store;
		}

		if (performance.now() > end) {
			throw new Error(`nothing to attach to: ${refusal.kind}`);
		}

		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
