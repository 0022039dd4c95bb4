import {expect, test} from 'vitest';
import {
	longestSocketPath,
	machineWidePlaces,
	type SocketPlaceSources,
	socketPlaces,
} from '../../src/engine/socket-places.js';

const none = {runtimeDirectory: undefined, xdgRuntimeDirectory: undefined};

/** A state directory whose control socket has a path of so many bytes. */
const pathOf = (bytes: number, letter = 'a') =>
	`/${letter.repeat((bytes - 1 - '/control.sock'.length) / Buffer.byteLength(letter))}`;

const long = pathOf(longestSocketPath + 1);

test.each<[name: string, sources: SocketPlaceSources, directory: string]>([
	['beside what is kept', {...none, stateDirectory: '/var/lib/healthtop'}, '/var/lib/healthtop'],
	[
		'of the machine',
		{...none, stateDirectory: '/var/lib/healthtop', runtimeDirectory: '/run/healthtop'},
		'/run/healthtop',
	],
	[
		'of the machine, first of a list',
		{...none, stateDirectory: long, runtimeDirectory: '/run/healthtop:/run/b'},
		'/run/healthtop',
	],
	['not those of another unit', {...none, stateDirectory: '/s', runtimeDirectory: '/run/other:/run/healthtop'}, '/s'],
	['with a path that just fits', {...none, stateDirectory: pathOf(longestSocketPath)}, pathOf(longestSocketPath)],
	[
		'below XDG_RUNTIME_DIR only for long paths',
		{...none, stateDirectory: '/s', xdgRuntimeDirectory: '/run/user/7'},
		'/s',
	],
	[
		'below XDG_RUNTIME_DIR',
		{...none, stateDirectory: long, xdgRuntimeDirectory: '/run/user/7'},
		'/run/user/7/healthtop/36aa134d',
	],
	[
		'counted in bytes',
		{...none, stateDirectory: pathOf(longestSocketPath + 1, 'é'), xdgRuntimeDirectory: '/run/user/7'},
		'/run/user/7/healthtop/fd01ea04',
	],
])('sockets are %s', (_, sources, directory) => {
	expect(socketPlaces(sources)).toEqual({
		directory,
		view: `${directory}/view.sock`,
		control: `${directory}/control.sock`,
		isMachineWide: directory === machineWidePlaces.directory,
	});
});

test.each<[name: string, xdgRuntimeDirectory: string | undefined]>([
	['no XDG_RUNTIME_DIR', undefined],
	['an empty one', ''],
	['a relative one', 'run'],
	['one that is too long itself', long],
])('with a long state directory and %s there are none', (_, xdgRuntimeDirectory) => {
	expect(socketPlaces({...none, stateDirectory: long, xdgRuntimeDirectory})).toEqual({
		problem: `'${long}' is too long a path for sockets (108 bytes with their names, 107 are possible): name a shorter one with --state-dir`,
	});
});

test('a relative state directory has the sockets of the absolute one', () => {
	const of = (stateDirectory: string) => socketPlaces({...none, stateDirectory, xdgRuntimeDirectory: '/run/user/7'});
	expect(of('s')).toEqual(of(`${process.cwd()}/s`));
});
