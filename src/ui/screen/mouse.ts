/** What a mouse did at a cell, counted from 0; perhaps beyond the screen. */
export type MouseEvent = {
	/** Of the left button, or a notch of the wheel. */
	readonly kind: 'press' | 'release' | 'wheel-up' | 'wheel-down';
	readonly x: number;
	readonly y: number;
};

const pressed: Readonly<Record<string, MouseEvent['kind']>> = {0: 'press', 64: 'wheel-up', 65: 'wheel-down'};

/**
 * A report in SGR form (xterm's mode 1006): `CSI < button ; column ; row`, and `M` or, for a release, `m`. Undefined for all that is
 * none of ours: other buttons, motion, and whatever was done with a key held, which is the terminal's or nobody's.
 */
export function mouseEvent(parameters: string, final: string): MouseEvent | undefined {
	const [, button = '', column, row] = /^<(\d+);(\d{1,5});(\d{1,5})$/.exec(parameters) ?? [];
	const kind = final === 'M' ? pressed[button] : final === 'm' && button === '0' ? 'release' : undefined;
	const [x, y] = [Number(column) - 1, Number(row) - 1];
	return kind && x >= 0 && y >= 0 ? {kind, x, y} : undefined;
}
