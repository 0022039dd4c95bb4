/** A host's names are one character a byte; a configuration is UTF-8. */
export function bytesOf(name: string): string {
	return Buffer.from(name, 'utf8').toString('latin1');
}
