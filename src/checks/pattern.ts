/** Whether a text has what a pattern describes anywhere in it. */
export type Matches = (text: string) => boolean;

/** A pattern that the configuration let through, compiled. */
export async function loadPattern(pattern: string): Promise<Matches> {
	const {RE2JS} = await import('re2js');
	const compiled = RE2JS.compile(pattern);
	return text => compiled.matcher(text).find();
}
