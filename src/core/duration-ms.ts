const units: Readonly<Record<string, number>> = {
	ns: 1e-6,
	us: 1e-3,
	µs: 1e-3,
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

const part = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/y;

/** A duration as Go writes them (`300ms`, `1h30m`, `-1.5h`) and days, in ms; undefined for what is none. */
export function parseDurationMs(text: string): number | undefined {
	const [, sign = '', parts = ''] = /^([+-]?)(.+)$/.exec(text.trim()) ?? [];
	let ms = 0;
	part.lastIndex = 0;

	while (part.lastIndex < parts.length || parts === '') {
		const [, number, unit = ''] = part.exec(parts) ?? [];

		if (number === undefined) {
			return undefined;
		}

		ms += Number(number) * (units[unit] ?? Number.NaN);
	}

	return sign === '-' ? -ms : ms;
}
