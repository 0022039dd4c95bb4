/** What eight steps of the reversed polynomial of IEEE 802.3 make of each byte. */
const table = Int32Array.from({length: 256}, (_, byte) => {
	let rest = byte;

	for (let bit = 0; bit < 8; bit++) {
		rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
	}

	return rest;
});

/** CRC-32 as gzip and PNG have it, 0 to 2^32 - 1. `zlib.crc32` is not in every Node that we run on (22.1 has none). */
export function crc32(bytes: Uint8Array): number {
	let rest = -1;

	// Twice as fast as an iterator, and a start reads megabytes.
	for (let index = 0; index < bytes.length; index++) {
		rest = (rest >>> 8) ^ (table[(rest ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
	}

	return ~rest >>> 0;
}
