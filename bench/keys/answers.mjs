import xterm from '@xterm/headless';

/**
 * @import {Chunk, Size} from '../terminal.mjs'
 * @import {Sight} from './sights.mjs'
 * @typedef {{readonly name: string, readonly at: number, readonly sight: Sight}} Press
 * @typedef {{readonly firstMs: number, readonly endMs: number, readonly bytes: number}} Answer
 * @typedef {{readonly name: string, readonly answer: Answer | undefined}} Outcome `undefined`: none before the next press.
 * @typedef {{readonly from: number, readonly to: number, readonly bytes: number, readonly data: Buffer}} Piece
 */

const endOfFrame = '\x1b[?2026l';

/** Output that follows within this many ms belongs to the same drawing, of programs that do not mark theirs. */
const burstGapMs = 5;

/**
 * What each press came to. The output is drawn piece by piece on an emulated screen; the answer is the first piece after the
 * press that changes what only this key can change. So a tick's frame that happens to come in between is no answer.
 *
 * @param {readonly Chunk[]} chunks
 * @param {Size} size
 * @param {readonly Press[]} presses in the order of their times
 * @returns {Promise<readonly Outcome[]>}
 */
export async function outcomesOf(chunks, {columns, rows}, presses) {
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
	const pieces = piecesOf(chunks);
	/** @type {Outcome[]} */
	const outcomes = [];
	let next = 0;
	let wasLate = false;
	const drawn = async (/** @type {Piece} */ {data}) => {
		next++;
		await new Promise(resolve => terminal.write(data, () => resolve(undefined)));
	};

	for (const [index, {name, at, sight}] of presses.entries()) {
		const end = presses[index + 1]?.at ?? Number.POSITIVE_INFINITY;

		for (let piece = pieces[next]; piece && piece.from < at; piece = pieces[next]) {
			await drawn(piece);
		}

		const before = sight(terminal);
		/** @type {Answer | undefined} */
		let answer;

		for (let piece = pieces[next]; !answer && piece && piece.from < end; piece = pieces[next]) {
			await drawn(piece);
			const {from, to, bytes} = piece;
			answer = sight(terminal) === before ? undefined : {firstMs: from - at, endMs: to - at, bytes};
		}

		// What follows a late one may be the late one's answer.
		if (!wasLate) {
			outcomes.push({name, answer});
		}

		wasLate = !answer && !wasLate;
	}

	terminal.dispose();
	return outcomes;
}

/**
 * The output in pieces that were drawn at once: frames, where the program marks their ends (synchronized output); else
 * what was read at once, which ends when the burst it is in does.
 *
 * @param {readonly Chunk[]} chunks
 * @returns {readonly Piece[]}
 */
export function piecesOf(chunks) {
	const all = Buffer.concat(chunks.map(({data}) => data));
	return all.includes(endOfFrame) ? framesOf(chunks, all) : burstsOf(chunks);
}

/**
 * @param {readonly Chunk[]} chunks
 * @param {Buffer} all
 */
function framesOf(chunks, all) {
	/** @type {Piece[]} */
	const frames = [];
	let chunk = 0;
	let chunkEnd = chunks[0]?.data.length ?? 0;
	const timeOf = (/** @type {number} */ offset) => {
		while (offset >= chunkEnd && chunk < chunks.length - 1) {
			chunk++;
			chunkEnd += chunks[chunk]?.data.length ?? 0;
		}

		return chunks[chunk]?.at ?? 0;
	};

	for (let start = 0; start < all.length; ) {
		const found = all.indexOf(endOfFrame, start);
		const end = found === -1 ? all.length : found + endOfFrame.length;
		const from = timeOf(start);
		frames.push({from, to: timeOf(end - 1), bytes: end - start, data: all.subarray(start, end)});
		start = end;
	}

	return frames;
}

/** @param {readonly Chunk[]} chunks */
function burstsOf(chunks) {
	/** @type {Piece[]} */
	const pieces = [];
	let to = 0;
	let bytes = 0;

	for (const {at, data} of chunks.toReversed()) {
		const isSameBurst = (pieces.at(-1)?.from ?? Number.POSITIVE_INFINITY) - at < burstGapMs;
		to = isSameBurst ? to : at;
		bytes = data.length + (isSameBurst ? bytes : 0);
		pieces.push({from: at, to, bytes, data});
	}

	return pieces.reverse();
}
