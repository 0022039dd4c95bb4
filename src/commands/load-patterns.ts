import type {Compile} from '../core/query.js';

/** RE2's regular expressions, which take linear time whatever is typed. Loaded when somebody filters for the first time. */
export async function loadPatterns(): Promise<Compile> {
	const {RE2JS} = await import('re2js');
	return pattern => RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
}
