import type {Clock} from '../engine/clock.js';

/** Whether work is done in so many ms: what waits for a disk that hangs waits no longer. Its failure is the caller's. */
export async function within({wake}: Pick<Clock, 'wake'>, ms: number, work: Promise<void>): Promise<boolean> {
	let callOff = () => {};
	const late = new Promise<boolean>(resolve => {
		callOff = wake(ms, () => resolve(false));
	});

	try {
		return await Promise.race([work.then(() => true), late]);
	} finally {
		callOff();
	}
}
