import * as z from 'zod';
import {defineCheck} from '../core/check.js';

const options = z.object({
	unit: z
		.string()
		.regex(/^(?!-)(?!.*@(?:\.|$))[A-Za-z0-9:_.\\@-]{1,255}$/, 'must be a unit such as "nginx.service" or "getty@tty1"')
		.meta({description: 'Unit; without a suffix it is a service.'}),
	user: z
		.boolean()
		.default(false)
		.meta({description: "Whether it is one of healthtop's user (systemctl --user). Default: false."}),
});

export type SystemdOptions = z.output<typeof options>;

/** How a unit of systemd is: its states, its result, its restarts, its memory. */
export const systemd = defineCheck({
	type: 'systemd',
	asks: 'how a unit is: active state, sub state, result, restarts, memory',
	uses: 'command',
	options,
	placeholders: ['BODY', 'RESPONSE_TIME'],
	measures: {
		restarts: {unit: 'count', series: 'unit.restarts', meaning: 'automatic restarts since it was started'},
		memory: {
			unit: 'bytes',
			series: 'unit.memory',
			meaning: 'memory of all its processes; absent where systemd does not count it',
		},
	},
	load: async () => (await import('./ask-systemd.js')).askSystemd,
});
