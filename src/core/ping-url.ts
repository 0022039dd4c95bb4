/** Names and addresses of this machine itself, as URLs have them. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** True for an address that may be called: over https, or over http where that does not leave the machine; without a login in it. */
export function isPingUrl(text: string): boolean {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
	return isPrivate && url?.username === '' && url.password === '';
}

/** The address as far as anybody may see it: `https://hc.example.com/***`. */
export function shownPingUrl(text: string): string {
	return URL.canParse(text) ? `${new URL(text).origin}/***` : '***';
}

/** What must not be shown of it: all of it, and what is behind its host. */
export function secretsOfPingUrl(text: string): readonly string[] {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	// Of a short path nobody can tell whether it is one of this address.
	const path = url ? `${url.pathname}${url.search}`.slice(1) : '';
	return [text, ...(path.length >= shortestToken ? [path] : [])];
}

const shortestToken = 8;
