import {joinSafe, type Safe, safe, safeText} from '../../core/safe.js';
import {daemonOf, isProxy} from './known-daemons.js';
import type {Service} from './services.js';
import type {Suggestion} from './suggestion.js';
import type {UnixSocket} from './unix-sockets.js';

/** What is known of a service beside what it speaks. */
export type Known = {
	readonly service: Service;
	/** Sockets in the file system that the same process listens on. */
	readonly sockets: readonly UnixSocket[];
	/** The check of its unit. */
	readonly unit?: Suggestion | undefined;
};

/** What all of its checks have. */
export type Base = Pick<Suggestion, 'name' | 'port' | 'isUsual' | 'place' | 'needs'>;

/** `usual` are ports at which `protocol` usually is; it names the checks of a program that is not known. */
export function baseOf({service, unit}: Known, protocol: string, usual: readonly number[]): Base {
	const {owner, port} = service;
	const isUsual = usual[0] === port;
	const shared = {port, isUsual, place: placeOf(service), ...(unit && {needs: unit})};
	const daemon = owner && daemonOf(owner.name);

	if (daemon) {
		return {name: daemon.name, ...shared};
	}

	if (!owner || isProxy(owner.name)) {
		return {name: isUsual ? protocol : `${protocol}-${port}`, ...shared};
	}

	// Many are a `node` or a `java`: their unit says more.
	return {name: unit ? unit.name.replace(/\.service$/, '') : `${owner.name}-${port}`, ...shared};
}

/** `mariadbd on 127.0.0.1:3306` */
export function placeOf({owner, addresses, port}: Service): Safe {
	const at = addresses.map(address => addressText(address, port));
	const places = joinSafe(at, safe` and `);
	return owner ? safe`${whoOf(owner)} on ${places}` : places;
}

/** `mariadbd listens on 127.0.0.1:3306 and /run/mysqld/mysqld.sock` */
export function whyOf({owner, addresses, port}: Service, sockets: readonly UnixSocket[]): Safe {
	const places = [...addresses.map(address => addressText(address, port)), ...sockets.map(({path}) => path)];
	return safe`${whoOf(owner)} listens on ${joinSafe(places, safe` and `)}`;
}

/** The process, and what it belongs to where its name does not say that: `master (postfix)`. */
export function whoOf(owner: {readonly name: Safe} | undefined): Safe {
	if (!owner) {
		return safe`a program that healthtop may not see`;
	}

	const daemon = daemonOf(owner.name)?.name ?? '';
	const isPlain = owner.name.includes(daemon) || daemon.includes(owner.name);
	return isPlain ? owner.name : safe`${owner.name} (${safeText(daemon)})`;
}

export function addressText(address: Safe, port: number): Safe {
	return address.includes(':') ? safe`[${address}]:${port}` : safe`${address}:${port}`;
}

/** Left out where it is the default. */
export function hostAndPort(host: string, port: number): {readonly host?: string; readonly port: number} {
	return host === '127.0.0.1' ? {port} : {host, port};
}
