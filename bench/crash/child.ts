import {writeSync} from 'node:fs';
import {openJournal} from '../../src/journal/open-journal.js';

/**
 * What is killed: appends numbered records and prints each number once it is told that the record is on disk; now and then it
 * compacts. First it prints what it found: `found FROM TO` (`found 0 -1` for nothing), or `wrong ...`.
 *
 *   child.js DIRECTORY ROUNDS    each round appends 8 calls of 1 to 3 records at once; every fifth compacts
 */
type Numbered = {readonly number: number; readonly text: string};

const [directory = '', rounds = '0'] = process.argv.slice(2);
const kept = 40;

/** Told in one write(2): what is printed was true, whenever the kill comes. */
function say(line: string): void {
	writeSync(1, `${line}\n`);
}

function recordOf(number: number): Numbered {
	return {number, text: `${number} `.repeat(number % 97)};
}

const {journal, records, setAside} = await openJournal({directory, version: 1, at: Date.now()});
const numbers = records.map(record => (record as Numbered).number);
const first = numbers[0] ?? 0;
const isRight = records.every((record, index) => JSON.stringify(record) === JSON.stringify(recordOf(first + index)));
say(isRight ? `found ${first} ${first + numbers.length - 1}` : `wrong ${numbers.join(' ')}`);

if (setAside) {
	say(`aside ${setAside.badBytes} ${setAside.reason}`);
}

let from = first;
let next = first + numbers.length;

async function compact(): Promise<void> {
	from = Math.max(from, next - kept);

	try {
		await journal.compact(Array.from({length: next - from}, (_, index) => recordOf(from + index)));
		say('compacted');
	} catch (error) {
		say(`rejected compaction ${error instanceof Error ? error.message : error}`);
	}
}

async function append(count: number): Promise<void> {
	const added = Array.from({length: count}, (_, index) => recordOf(next + index));
	next += count;

	try {
		await journal.append(added);
		say(`accepted ${added.at(-1)?.number}`);
	} catch (error) {
		say(`rejected ${added[0]?.number} ${error instanceof Error ? error.message : error}`);
	}
}

await compact();

for (let round = 1; round <= Number(rounds); round++) {
	const work = Array.from({length: 8}, (_, index) => append(1 + ((round + index) % 3)));

	if (round % 5 === 0) {
		work.push(compact());
	}

	await Promise.all(work);
}

await journal.close();
say(`ended ${JSON.stringify(journal.state)}`);
