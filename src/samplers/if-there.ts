import {codeOf} from '../core/errors.js';
import type {Host, InterfaceAddress} from '../core/host.js';

/** The file's text; undefined when the system does not give it: it is not there, not for us, or has nothing to say now. */
export function textIfThere(host: Host, path: string): string | undefined {
	try {
		return host.readText(path);
	} catch (error) {
		return systemErrorOnly(error);
	}
}

/** The same on the thread pool, for what asks the hardware. */
export async function textAsideIfThere(host: Host, path: string, atMost?: number): Promise<string | undefined> {
	try {
		return await host.readAside(path, atMost);
	} catch (error) {
		return systemErrorOnly(error);
	}
}

/** Names in a directory; none when it is not there or not for us. */
export function listIfThere(host: Host, path: string): readonly string[] {
	try {
		return host.list(path);
	} catch (error) {
		return systemErrorOnly(error) ?? [];
	}
}

/** Addresses of the interfaces; none where the system does not tell (a sandbox without netlink). */
export function addressesIfThere(host: Host): readonly InterfaceAddress[] {
	try {
		return host.addresses();
	} catch (error) {
		return systemErrorOnly(error) ?? [];
	}
}

/** What the system says is an answer; anything else is a bug of ours. */
function systemErrorOnly(error: unknown): undefined {
	if (codeOf(error) === undefined) {
		throw error;
	}
}
