import {randomInt} from 'node:crypto';

/** Letters and digits that nobody takes for others. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Characters of most of them: 900,000 ids. */
const shortest = 4;

/** A name for an incident, such as `k3f9`, that no other has. */
export function newIncidentId(isTaken: (id: string) => boolean): string {
	for (let tries = 0; ; tries++) {
		const id = randomId(shortest + Math.floor(tries / 10));

		if (!isTaken(id)) {
			return id;
		}
	}
}

function randomId(length: number): string {
	return Array.from({length}, () => letters[randomInt(letters.length)]).join('');
}
