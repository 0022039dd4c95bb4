import {type Safe, safe} from '../../core/safe.js';
import {type Around, inTurn} from './ask-now.js';
import {askDns, isSamePort, nameServerPorts} from './dns-now.js';
import {daemonOf, isTunnel} from './known-daemons.js';
import {probe, type Spoken} from './probe.js';
import {type Machine, readMachine} from './read-machine.js';
import type {Service} from './services.js';
import {type Known, placeOf} from './suggest-base.js';
import {suggestDns, suggestProcess} from './suggest-others.js';
import {suggestService} from './suggest-service.js';
import {suggestSockets} from './suggest-sockets.js';
import type {Suggestion} from './suggestion.js';
import {UnitChecks} from './unit-checks.js';

/** What this machine runs. */
export type Found = {
	/** In the order in which they are written: whatever one needs stands before it. */
	readonly suggestions: readonly Suggestion[];
	/** What gets no check, and why. */
	readonly left: readonly Safe[];
	/** True where there are programs that we may not look into. */
	readonly isDenied: boolean;
};

type Looked = {readonly suggestions: readonly Suggestion[]; readonly left?: Left};

type Left = {readonly service: Service; readonly why: Safe};

/** Services asked at a time, and of how many there are in all. */
const [mostAtOnce, mostServices] = [64, 200];

/** Looks at what listens, who has it, what it speaks, and what systemd runs. Talks to nobody but this machine. */
export async function lookAround(around: Around): Promise<Found> {
	const machine = await readMachine(around);
	const units = new UnitChecks(around.host, machine.units);
	const knownOf = (service: Service) => knownWith(service, machine, units);
	const answers = await inTurn(nameServerPorts(machine.services), mostAtOnce, service => askDns(service, around));
	const nameServers = answers.flatMap(answer => answer ?? []);
	const tcp = machine.services.filter(
		one => one.protocol === 'tcp' && !nameServers.some(({service}) => isSamePort(service, one)),
	);
	const looked = await inTurn(tcp.slice(0, mostServices), mostAtOnce, service =>
		lookAt(knownOf(service), machine, around),
	);
	const served = new Set(machine.services.filter(({protocol}) => protocol === 'tcp').map(({owner}) => owner?.pid));
	const sockets = await suggestSockets(
		machine.sockets,
		pid => served.has(pid),
		pid => units.of(pid),
		around,
	);
	const found = [
		...looked.flatMap(({suggestions}) => suggestions),
		...nameServers.map(one => suggestDns(knownOf(one.service), one)),
		...sockets,
	];
	const quiet = machine.units ? [] : machine.quiet.map(suggestProcess);
	const more = tcp.length - mostServices;
	return {
		suggestions: inOrder([...found, ...units.all(), ...quiet]),
		left: [...leftTexts(looked), ...(more > 0 ? [safe`${more} ports beyond the first ${mostServices}`] : [])],
		isDenied: machine.isDenied,
	};
}

function knownWith(service: Service, {sockets}: Machine, units: UnitChecks): Known {
	const pid = service.owner?.pid;
	return {
		service,
		sockets: pid === undefined ? [] : sockets.filter(({owner}) => owner?.pid === pid),
		unit: pid === undefined ? undefined : units.of(pid),
	};
}

async function lookAt(known: Known, machine: Machine, around: Around): Promise<Looked> {
	const {service} = known;
	const untouched = untouchable(service, machine);

	if (untouched !== undefined) {
		return {suggestions: [], left: {service, why: untouched}};
	}

	const spoken = await probe(service, around);
	const why = leavable(service, spoken, machine);
	return why === undefined ? {suggestions: suggestService(known, spoken)} : {suggestions: [], left: {service, why}};
}

/** One row for each program and reason: `node on 127.0.0.1:32871 and 2 more ports: ...`. */
function leftTexts(looked: readonly Looked[]): readonly Safe[] {
	const groups = new Map<string, Left[]>();

	for (const left of looked.flatMap(({left}) => left ?? [])) {
		const key = `${left.service.owner?.name}: ${left.why}`;
		groups.set(key, [...(groups.get(key) ?? []), left]);
	}

	return [...groups.values()].flatMap(([first, ...others]) => {
		const more = others.length > 0 ? safe` and ${others.length} more ports` : safe``;
		return first ? [safe`${placeOf(first.service)}${more}: ${first.why}`] : [];
	});
}

/** Why nobody must so much as connect to it. */
function untouchable({owner}: Service, {isOfLogin}: Machine): Safe | undefined {
	if (owner?.pid === 1 && owner.others === 0) {
		return safe`a connection would start what systemd listens for`;
	}

	const isElsewhere = owner !== undefined && (isTunnel(owner.name) || isOfLogin(owner.pid));
	return isElsewhere ? safe`the end of a tunnel, which leads elsewhere` : undefined;
}

/** Why a check of it would say nothing. */
function leavable({owner, port}: Service, spoken: Spoken, {isByChance}: Machine): Safe | undefined {
	if (spoken.kind === 'closed') {
		return spoken.reason;
	}

	const isUnknown = spoken.kind === 'silent' || spoken.kind === 'greets';
	const isDaemon = owner !== undefined && daemonOf(owner.name) !== undefined;
	return isUnknown && !isDaemon && isByChance(port) ? safe`not known, at a port given by chance` : undefined;
}

/** Whatever one needs before it, each of them once. */
function inOrder(suggestions: readonly Suggestion[]): readonly Suggestion[] {
	return [...new Set(suggestions.flatMap(one => (one.needs ? [one.needs, one] : [one])))];
}
