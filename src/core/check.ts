import type * as z from 'zod';
import type {Host} from './host.js';
import type {Redact} from './redact.js';
import type {Safe} from './safe.js';

/** What one run of a check came to. `critical`: the target failed. `unknown`: we could not judge. */
export type CheckStatus = 'ok' | 'warning' | 'critical' | 'unknown';

/** What a check asks with: of each so many may be under way at once. */
export type CheckUse = 'socket' | 'command' | 'nothing';

/** What placeholders of conditions stand for; one that is absent is INVALID. */
export type PlaceholderValues = {
	readonly CONNECTED?: boolean;
	/** HTTP's status code; of a command its exit code. */
	readonly STATUS?: number;
	/** ms. Where it is absent, the answer's own time. */
	readonly RESPONSE_TIME?: number;
	readonly IP?: string;
	/** Text or JSON; an SQL answer of one field is that field, any other one JSON. */
	readonly BODY?: string;
	/** Names in small letters. */
	readonly HEADERS?: Readonly<Record<string, string>>;
	/** Until the certificate expires, ms; negative afterwards. */
	readonly CERTIFICATE_EXPIRATION?: number;
	/** `NOERROR`, `NXDOMAIN` ... */
	readonly DNS_RCODE?: string;
};

export type Placeholder = keyof PlaceholderValues;

/** Why a question could not be asked to its end. */
export type Failure = {
	/** `critical`: the target's fault. `unknown`: ours, or nobody can tell (no file descriptor, no permission, no such program). */
	readonly status: 'critical' | 'unknown';
	readonly reason: Safe;
	/** Its time was up. After a stall of ours that says nothing of the target. */
	readonly isTimeout?: true;
};

/** What a check judges by itself, whatever its conditions are. */
export type Finding = {readonly status: Exclude<CheckStatus, 'ok'>; readonly reason: Safe};

/** How long a part of the question took, ms, in the order in which they were. */
export type Stage = {readonly name: StageName; readonly ms: number};

export type StageName = 'name' | 'connect' | 'tls' | 'login' | 'first byte' | 'whole';

/** One number of a Nagios plug-in's performance data. */
export type Perfdata = {readonly label: Safe; readonly value: number; readonly unit: Safe};

/** What somebody may want to know of a certificate. Times in ms since 1970. */
export type CertificateFacts = {
	readonly subject: Safe;
	readonly issuer: Safe;
	readonly validFrom: number;
	readonly validTo: number;
};

/** What one run found. */
export type Answer = {
	readonly values: PlaceholderValues;
	/** In a few words, for the panel: `200`, `4 running`, `41 days`. */
	readonly text: Safe;
	readonly failure?: Failure | undefined;
	readonly findings?: readonly Finding[];
	/** By the type's names of them. What is not known is absent. */
	readonly measures?: Readonly<Record<string, number>>;
	readonly perfdata?: readonly Perfdata[];
	/** The response time, ms: without waiting for our own turn, and without what we had to load. */
	readonly ms?: number | undefined;
	readonly stages?: readonly Stage[];
	/** Whether it got as far as a connection, and whether that would have left the machine. */
	readonly reach?: {readonly isLoopback: boolean; readonly hasConnected: boolean; readonly target: string} | undefined;
	readonly certificate?: CertificateFacts | undefined;
	readonly facts?: readonly CheckFact[];
	/** True when some measures need another run, since they are rates. */
	readonly isFirst?: true;
};

/** More about a service, for who looks at it alone. */
export type CheckFact = {readonly label: Safe; readonly value: Safe};

/** What a check may know besides its options. It has no timers: `signal` is aborted when its time is up. */
export type CheckContext = {
	readonly host: Host;
	/** Monotonic, ms. */
	readonly now: () => number;
	/** Wall clock, ms since 1970. */
	readonly wall: () => number;
	readonly signal: AbortSignal;
	/** How long it has in all, ms: for its words. */
	readonly timeout: number;
	/** Takes the configuration's secrets out of what a service said. Before it is cut: of half a secret nobody can tell that it is one. */
	readonly hide: Redact;
};

/** One question. What it opened is closed, and it has an answer, as soon as `signal` aborts. It throws only where we have a bug. */
export type Ask = (context: CheckContext) => Promise<Answer>;

/** `percent` 0-100; `bytes`, `seconds` and `ms` may be written with their units in levels: `512MiB`, `7d`. */
export type MeasureUnit = 'percent' | 'bytes' | 'seconds' | 'ms' | 'count' | 'per second' | 'bytes/s';

export type MeasureDefinition = {
	readonly unit: MeasureUnit;
	/** The series that it is shown as, with the check's name as instance; undefined: it is only compared. */
	readonly series?: string;
	readonly meaning: string;
};

/** A condition as it is configured: without a level it is critical. */
export type ConditionText = string | {readonly warning: string} | {readonly critical: string};

/** One type of check. Made by `defineCheck`. */
export type CheckType = {
	readonly type: string;
	/** What it asks, for README's table. */
	readonly asks: string;
	readonly uses: CheckUse;
	/** Comes out as it was written: what is converted (sizes) is converted by what asks. */
	readonly options: z.ZodObject;
	readonly placeholders: readonly Placeholder[];
	readonly measures: Readonly<Record<string, MeasureDefinition>>;
	/** Levels may have other names than those of measures: labels of performance data. */
	readonly hasPerfdata: boolean;
	/** What is demanded where nothing is configured. */
	readonly conditions: (options: unknown) => readonly ConditionText[];
	/** A check without a past. */
	readonly start: (options: unknown) => Ask;
};

type CheckParts<Schema extends z.ZodObject> = {
	readonly type: string;
	readonly asks: string;
	readonly uses: CheckUse;
	readonly options: Schema;
	readonly placeholders: readonly Placeholder[];
	readonly measures?: Readonly<Record<string, MeasureDefinition>>;
	readonly hasPerfdata?: true;
	readonly conditions?: (options: z.output<Schema>) => readonly ConditionText[];
	/**
	 * What asks, loaded for the first question: whoever only reads a configuration needs no client. What must be remembered from one run to
	 * the next is in the closure.
	 */
	readonly load: () => Promise<(options: z.output<Schema>) => Ask>;
};

/** Binds a schema to what is done with its options, so that an array of checks types. Options must have come through that schema. */
export function defineCheck<Schema extends z.ZodObject>(parts: CheckParts<Schema>): CheckType {
	const {conditions, load, measures = {}, hasPerfdata = false, ...rest} = parts;
	return {
		...rest,
		measures,
		hasPerfdata,
		conditions: options => conditions?.(options as z.output<Schema>) ?? [],
		start(options) {
			let ask: Ask | undefined;
			return async context => {
				ask ??= (await load())(options as z.output<Schema>);
				return ask(context);
			};
		},
	};
}
