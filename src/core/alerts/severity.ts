/** How bad something is, the least first. `info` is worth knowing and is never a trouble. */
export const severities = ['info', 'warning', 'critical'] as const;

export type Severity = (typeof severities)[number];

/** The worst first. */
export const worstFirst: readonly Severity[] = severities.toReversed();

/** Above 0 when `a` is worse than `b`, 0 when they are the same. Nothing is better than all. */
export function compareSeverity(a: Severity | undefined, b: Severity | undefined): number {
	return rankOf(a) - rankOf(b);
}

function rankOf(severity: Severity | undefined): number {
	return severity === undefined ? -1 : severities.indexOf(severity);
}
