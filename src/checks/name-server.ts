import {isIP} from 'node:net';

/** An address and a port. */
export type NameServer = {readonly address: string; readonly port: number};

/** `127.0.0.1`, `127.0.0.1:5353`, `::1` or `[::1]:5353`; undefined for anything else. */
export function nameServer(text: string): NameServer | undefined {
	if (isIP(text) !== 0) {
		return {address: text, port: 53};
	}

	const {v4, v6, port = '53'} = /^(?:(?<v4>[\d.]+)|\[(?<v6>[^\]]+)\])(?::(?<port>\d{1,5}))?$/.exec(text)?.groups ?? {};
	const address = v4 ?? v6 ?? '';
	const isRight = isIP(address) === (v4 === undefined ? 6 : 4) && Number(port) >= 1 && Number(port) <= 65_535;
	return isRight ? {address, port: Number(port)} : undefined;
}
