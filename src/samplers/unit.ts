import {codeOf, Unsupported} from '../core/errors.js';
import type {Host} from '../core/host.js';
import type {Sampler} from '../core/sampler.js';

/** Present where systemd is what started the machine (sd_booted(3)). */
const booted = '/run/systemd/system';

const command = [
	'systemctl',
	'list-units',
	'--state=failed',
	'--all',
	'--no-legend',
	'--no-pager',
	'--plain',
	'--full',
];

/** Units of systemd that failed. In a helper and rarely: systemctl asks over a bus. */
export const unit: Sampler = {
	name: 'unit',
	every: 60_000,
	isAside: true,
	timeout: 15_000,
	start:
		() =>
		async (host, {signal}) => {
			requireSystemd(host);

			try {
				const output = await host.run(command, signal);
				return {series: [['unit.failed', output.split('\n').filter(line => line.trim() !== '').length]]};
			} catch (error) {
				throw codeOf(error) === 'ENOENT' ? new Unsupported('systemctl cannot be run for this machine') : error;
			}
		},
};

function requireSystemd(host: Host): void {
	try {
		host.list(booted);
	} catch (error) {
		throw codeOf(error) === 'ENOENT' ? new Unsupported('systemd does not run on this machine') : error;
	}
}
