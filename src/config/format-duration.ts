import {parseDuration, units} from './parse-duration.js';

/** The shortest way to write so many ms (0 or more, exact to a microsecond): `1.5s`, `90s`, `2m`. Never below one of its unit. */
export function formatDuration(ms: number): string {
	const whole = `${ms}ms`;
	const others = Object.entries(units).map(([unit, length]) => `${ms / length}${unit}`);
	return others.reduce((best, text) => {
		const isShorter = text.length < best.length && !/^0\./.test(text);
		return isShorter && parseDuration(text) === ms ? text : best;
	}, whole);
}
