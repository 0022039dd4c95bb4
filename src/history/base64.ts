import {type Decode, raw} from '../core/decode.js';
import {ParseError} from '../core/errors.js';

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array;

/** The bytes of the numbers, in the order of this machine: whoever reads them runs on it, too. */
export function toBase64({buffer, byteOffset, byteLength}: Numbers): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** At most so many numbers of 64 bits, as `toBase64` wrote them. */
export const float64s = (most: number) =>
	numbers(most, Float64Array.BYTES_PER_ELEMENT, bytes => new Float64Array(bytes));

export const float32s = (most: number) =>
	numbers(most, Float32Array.BYTES_PER_ELEMENT, bytes => new Float32Array(bytes));

export const uint32s = (most: number) => numbers(most, Uint32Array.BYTES_PER_ELEMENT, bytes => new Uint32Array(bytes));

export const uint16s = (most: number) => numbers(most, Uint16Array.BYTES_PER_ELEMENT, bytes => new Uint16Array(bytes));

function numbers<T>(most: number, width: number, make: (bytes: ArrayBuffer) => T): Decode<T> {
	return (json, path) => {
		const text = raw(json, path);
		const bytes = text.length <= 4 * Math.ceil((most * width) / 3) ? Buffer.from(text, 'base64') : undefined;
		// Buffer passes over what is no base64: then there is less than the text has room for.
		const isWhole = text.length % 4 === 0 && bytes?.length === Buffer.byteLength(text, 'base64');

		if (!isWhole || bytes.length > most * width || bytes.length % width !== 0) {
			throw new ParseError(path, `must be base64 of at most ${most} numbers of ${width} bytes`);
		}

		// A small Buffer is a part of a larger one, and begins anywhere in it: typed arrays need a copy that begins at 0.
		return make(new Uint8Array(bytes).buffer);
	};
}
