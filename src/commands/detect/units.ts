import {codeOf} from '../../core/errors.js';
import type {Host} from '../../core/host.js';

/** Services of systemd that are worth a check. */
export type Units = {
	readonly running: ReadonlySet<string>;
	/** Those that are started by themselves. */
	readonly enabled: ReadonlySet<string>;
	readonly failed: ReadonlySet<string>;
};

/** Present where systemd is what started the machine (sd_booted(3)). */
const booted = '/run/systemd/system';

const plain = ['--no-legend', '--no-pager', '--plain', '--full'];

/** What systemd itself consists of, and what comes with logins and desktops: a server is no worse without it. Nor do we watch ourselves. */
const uninteresting =
	/^(?:systemd-|user@|user-runtime-dir@|getty@|serial-getty@|console-getty|container-getty@|dbus[.-]|polkit|accounts-daemon|rtkit-daemon|udisks2|upower|wpa_supplicant|ModemManager|colord|gdm|lightdm|packagekit|healthtop)/;

/** Names that a check can have, and that are those of services. */
const name = /^(?!-)[A-Za-z0-9:_.\\@-]{1,255}\.service$/;

/** Undefined where there is no systemd, or it does not say. */
export async function readUnits(host: Host, signal: AbortSignal): Promise<Units | undefined> {
	const lists = await listsOf(host, signal);
	const [running = '', failed = '', enabled = ''] = lists ?? [];
	return lists && {running: parseUnits(running), failed: parseUnits(failed), enabled: parseUnits(enabled)};
}

async function listsOf(host: Host, signal: AbortSignal): Promise<readonly string[] | undefined> {
	const list = (verb: string, states: string) =>
		host.run(['systemctl', verb, '--type=service', `--state=${states}`, ...plain], signal);

	try {
		host.list(booted);
		return await Promise.all([
			list('list-units', 'running'),
			list('list-units', 'failed'),
			list('list-unit-files', 'enabled,enabled-runtime'),
		]);
	} catch {
		// No systemd, no systemctl, no bus, or no answer: there is nothing to be had from it.
		return undefined;
	}
}

/** The first word of each row that is a service of interest. */
export function parseUnits(text: string): ReadonlySet<string> {
	const words = text.split('\n').map(line => line.trim().split(/\s+/)[0] ?? '');
	return new Set(words.filter(word => name.test(word) && !uninteresting.test(word)));
}

/** Of `postgresql@15-main.service` it is the template that is enabled. */
export function isEnabled(unit: string, {enabled}: Units): boolean {
	return enabled.has(unit) || enabled.has(unit.replace(/@.*(?=\.service$)/, '@'));
}

/** The service of the whole machine that a process is of; undefined for what a user started. */
export function unitOf(cgroup: string): string | undefined {
	const path = /^(?:0:|\d+:name=systemd):(\/.*)$/m.exec(cgroup)?.[1] ?? '';
	const parts = path.split('/');
	return parts[1] === 'user.slice' ? undefined : parts.findLast(part => name.test(part));
}

/** The same, of a process by its number. */
export function readUnitOf(host: Host, pid: number): string | undefined {
	try {
		return unitOf(host.readText(`/proc/${pid}/cgroup`));
	} catch (error) {
		if (codeOf(error) === undefined) {
			throw error;
		}

		return undefined;
	}
}
