import {configFileOf, usualPlaces} from '../config/load-config.js';
import {UserError} from '../core/errors.js';
import type {Host} from '../core/host.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import {withDeadline} from './detect/ask-now.js';
import {ending, heading, nextSteps, report} from './detect/init-words.js';
import {lookAround} from './detect/look-around.js';
import {nameChecks} from './detect/name-checks.js';
import {writeChecks} from './detect/write-checks.js';
import {requirePlace, writeConfigFile} from './detect/write-config-file.js';
import {hostOf, isOurs} from './host-of.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';

export type InitOptions = GlobalOptions & {
	/** Whether a configuration that is there makes way. */
	readonly force?: boolean;
	/** Print it, and write nothing. */
	readonly stdout?: boolean;
};

/** All of it takes no longer, ms. */
const longest = 30_000;

/** Looks at what this machine runs, and writes a configuration with a check for each. Never overwrites one. */
export async function configInit(options: InitOptions, io: Io): Promise<Outcome> {
	if (!isOurs(options.root)) {
		throw new UserError('config init asks the services of this machine: leave --root out');
	}

	const file = placeOf(options, io);
	const isForced = options.force === true;

	if (!options.stdout) {
		await requirePlace(file, isForced);
	}

	const {clock} = io;
	const host = hostOf(options);
	const around = {host, clock, signal: new AbortController().signal};
	const found = await withDeadline(longest, around, ({signal}) => lookAround({...around, signal}));
	const checks = nameChecks(found.suggestions);
	const day = new Date(clock.wall()).toISOString().slice(0, 10);
	const text = writeChecks({heading: heading(nameOf(host), day, checks), checks, ending: ending(found)});

	if (options.stdout) {
		await print(io.stdout, text);
		return {code: 0};
	}

	const before = await writeConfigFile({file, text, isForced, at: clock.wall()});
	const lines = [
		safe`${safeText(file)}: written, with ${checks.length} ${checks.length === 1 ? safe`check` : safe`checks`}`,
		...report(checks, found),
		...(before === undefined ? [] : [safe`The one that was there is ${safeText(before)} now.`]),
		...nextSteps({checks, option: optionOf(file, io), access: accessOf(file, host)}),
	];
	await print(io.stdout, `${lines.join('\n')}\n`);
	return {code: 0};
}

/** The file that was named, else the one that there is, else that of the machine or of the user. */
function placeOf({config}: GlobalOptions, {env}: Io): string {
	const places = usualPlaces(env);
	const isForMachine = process.geteuid?.() === 0 && !env['XDG_CONFIG_HOME'];
	const usual = isForMachine ? places.at(-1) : places[0];
	return configFileOf({file: config, env}) ?? usual ?? '';
}

/** Other commands find it by themselves, or must be told. */
function optionOf(file: string, {env}: Io): Safe {
	return configFileOf({file: undefined, env}) === file ? safe`` : safe` --config ${safeText(file)}`;
}

/** The engine of the machine runs as a user of its own, who may not read what is root's. */
function accessOf(file: string, host: Host): Safe | undefined {
	if (!file.startsWith('/etc/healthtop/') || !/^healthtop:/m.test(textOf(host, '/etc/group'))) {
		return undefined;
	}

	const shown = safeText(file);
	return safe`chgrp healthtop /etc/healthtop ${shown} && chmod 750 /etc/healthtop && chmod 640 ${shown}`;
}

function nameOf(host: Host): Safe {
	return safeBytes(textOf(host, '/proc/sys/kernel/hostname').trim()) || safe`this machine`;
}

function textOf(host: Host, path: string): string {
	try {
		return host.readText(path);
	} catch {
		return '';
	}
}
