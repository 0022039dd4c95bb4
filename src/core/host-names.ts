/** Addresses that a file of hosts(5) gives to a name. `isAddress` tells an address from what is none. */
export function inHosts(text: string, name: string, isAddress: (text: string) => boolean): readonly string[] {
	const found = text.split('\n').flatMap(line => {
		const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
		return isAddress(address) && names.some(one => one.toLowerCase() === name) ? [address] : [];
	});
	return [...new Set(found)];
}

/** The names to ask for, in turn: resolv.conf(5) `search`, `domain` and `ndots`. */
export function searched(name: string, resolvConf: string): readonly string[] {
	const lines = resolvConf.split('\n').map(line => line.trim().split(/\s+/));
	const domains = lines.findLast(([key]) => key === 'search' || key === 'domain')?.slice(1) ?? [];
	const ndots = Number(/^[ \t]*options[ \t].*\bndots:(\d+)/m.exec(resolvConf)?.[1] ?? 1);
	const longer = domains.filter(domain => domain !== '.').map(domain => `${name}.${domain.replace(/\.$/, '')}`);
	return name.split('.').length - 1 >= ndots ? [name, ...longer] : [...longer, name];
}
