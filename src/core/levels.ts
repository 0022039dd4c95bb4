/** How bad a value is. */
export type Level = 'ok' | 'warning' | 'critical';

/** The worse, the more. */
export const severity: Readonly<Record<Level, number>> = {ok: 0, warning: 1, critical: 2};

/** From which value on, in the series' unit. */
export type Levels = {readonly warning?: number; readonly critical?: number};

/**
 * Where a value is coloured. CPU alone is never critical: a busy machine is a machine at work.
 * By series name without instance.
 */
export const levels: Readonly<Record<string, Levels>> = {
	'cpu.used': {warning: 90},
	'core.used': {warning: 95},
	'memory.used': {warning: 90, critical: 95},
	'container.memory_used': {warning: 90, critical: 95},
	'container.cpu_used': {warning: 95},
	'swap.used': {warning: 80},
	'disk.used': {warning: 90, critical: 95},
	'disk.inodes_used': {warning: 90, critical: 95},
	'io.busy': {warning: 95},
	'cpu.iowait': {warning: 30},
	'cpu.steal': {warning: 10},
	'pressure.memory': {warning: 10},
};

/** The level of a value of a series; a series without levels is always ok. */
export function levelOf(series: string, value: number | undefined): Level {
	const {warning, critical} = levels[series] ?? {};

	if (value === undefined) {
		return 'ok';
	}

	if (critical !== undefined && value >= critical) {
		return 'critical';
	}

	return warning !== undefined && value >= warning ? 'warning' : 'ok';
}
