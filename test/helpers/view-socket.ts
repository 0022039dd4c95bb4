import {once} from 'node:events';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {safe} from '../../src/core/safe.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {viewProtocol} from '../../src/core/view-protocol.js';
import {AttachedStore} from '../../src/engine/attached-store.js';
import {LiveStore} from '../../src/engine/store.js';
import {ViewServer} from '../../src/engine/view-server.js';
import {folder} from './folder.js';
import {handClock} from './hand-clock.js';
import {nextOf} from './live-snapshots.js';
import {randomOf} from './random.js';
import {until} from './until.js';

/** An engine's store that serves a real socket, and whose snapshots a test makes. */
export async function servedStore(seed = 1) {
	const store = new LiveStore();
	const clock = handClock();
	const path = join(folder(), 'view.sock');
	const greeting = {
		healthtop: 'view',
		protocol: viewProtocol,
		version: safe`0.1.0`,
		pid: 4711,
		since: 1,
		root: '/',
	} as const;
	const server = new ViewServer(store, greeting, clock);
	const listening = createServer(socket => server.accept(socket)).listen(path);
	await once(listening, 'listening');
	const close = () => {
		server.close('stopped');
		listening.close();
	};
	onTestFinished(close);
	const random = randomOf(seed);
	let last: Snapshot | undefined;

	return {
		store,
		server,
		clock,
		path,
		/** Ends it, as an engine that is stopped. */
		close,
		/** So many ticks, some of them after beats that were missed. */
		tick(count = 1): Snapshot {
			for (let index = 0; index < count; index++) {
				last = nextOf(last, random);
				store.publish(last, random() < 0.05 ? 3 : 0);
			}

			return last as Snapshot;
		},
		/** A screen's side, with a clock of its own, once it has a first picture. */
		async attach() {
			const own = handClock();
			const attached = new AttachedStore({path, version: safe`0.1.0`, root: '/', clock: own});
			onTestFinished(() => attached.close());
			const refusal = await attached.attach(20_000);

			if (refusal) {
				throw new Error(refusal.kind);
			}

			return {
				attached,
				clock: own,
				catchUp: () => until('is up to date', () => attached.snapshot?.sequence === last?.sequence),
			};
		},
	};
}
