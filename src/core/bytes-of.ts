/** Text as the kernel, a host and the names of series have it: its UTF-8, one character a byte. The way back from `safeBytes`. */
export function bytesOf(text: string): string {
	// Asked for each process that a check looks at: ASCII stays as it is.
	return /^[ -~]*$/.test(text)
		? text
		: Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('');
}
