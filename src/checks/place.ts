/** Where a service listens: a name or an address with a port, or a socket in the file system. */
export type Place = {readonly host: string; readonly port: number} | {readonly path: string};

/** A place as operators write it: `127.0.0.1:3306`, `[::1]:25`, `/run/mysqld/mysqld.sock`. */
export function placeText(place: Place): string {
	if ('path' in place) {
		return place.path;
	}

	return place.host.includes(':') ? `[${place.host}]:${place.port}` : `${place.host}:${place.port}`;
}
