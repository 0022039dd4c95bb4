import type {CheckType, ConditionText} from '../core/check.js';
import type {Filter} from '../core/filter.js';
import type {LogLevel} from '../core/log.js';
import type {Safe} from '../core/safe.js';
import type {ThemeName} from '../core/theme-name.js';

/** The panels that a screen can have, in the order of their digits. */
export const panels = ['cpu', 'memory', 'disk', 'network', 'services', 'processes'] as const;

/** Columns that a terminal gives to characters of ambiguous width (Unicode UAX 11), our borders and graphs among them: one or two. */
export const ambiguousWidths = ['narrow', 'wide'] as const;

/** What a screen with an engine inside does when its terminal is gone. */
export const onHangups = ['end', 'stay'] as const;

/** One check. Times in ms. */
export type CheckConfig = {
	readonly name: string;
	readonly type: CheckType;
	/** The type's own, as they were written, with its defaults. */
	readonly options: Readonly<Record<string, unknown>>;
	readonly every: number;
	readonly timeout: number;
	/** Undefined: those of the type. */
	readonly conditions?: readonly ConditionText[];
	readonly failAfter: number;
	readonly recoverAfter: number;
	readonly retryEvery?: number;
	/** Names of other checks; never in a circle. */
	readonly dependsOn: readonly string[];
	readonly severity: 'warning' | 'critical';
	readonly notify: readonly string[];
	/** Nagios ranges by measure, as they were written. */
	readonly levels: Readonly<Record<string, LevelConfig | undefined>>;
};

export type LevelConfig = {
	readonly warning?: string | number | undefined;
	readonly critical?: string | number | undefined;
};

/** What the configuration comes to. Times in ms. */
export type Config = {
	/** Time between two ticks. */
	readonly every: number;
	/** Time between two runs of a sampler, by its name. */
	readonly sampling: Readonly<Record<string, number>>;
	readonly mounts: Filter;
	readonly devices: Filter;
	readonly interfaces: Filter;
	/** How many checks may be under way at once. */
	readonly concurrency: {readonly sockets: number; readonly commands: number};
	readonly checks: readonly CheckConfig[];
	readonly screen: {
		/** At least one, none twice. */
		readonly panels: readonly (typeof panels)[number][];
		readonly theme: ThemeName;
		/** Undefined: as the locale says. */
		readonly ascii?: boolean | undefined;
		readonly ambiguousWidth: (typeof ambiguousWidths)[number];
		readonly mouse: boolean;
		readonly onHangup: (typeof onHangups)[number];
		/** Other keys than its own, by command; none twice. */
		readonly keys: Readonly<Record<string, readonly string[]>>;
	};
	/** `directory` is absolute; without it the log is where everything else is kept. */
	readonly log: {readonly level: LogLevel; readonly directory?: string | undefined};
	/** Series to keep beyond the main ones: `area.measure` for all its instances, or `area.measure:instance` (UTF-8). */
	readonly history: {readonly series: readonly string[]};
};

/** Without a file: watch the whole machine every second. */
export const defaults: Config = {
	every: 1000,
	sampling: {},
	mounts: {},
	devices: {},
	interfaces: {},
	concurrency: {sockets: 100, commands: 8},
	checks: [],
	screen: {panels, theme: 'dark', ambiguousWidth: 'narrow', mouse: true, onHangup: 'end', keys: {}},
	log: {level: 'info'},
	history: {series: []},
};

/** Keys and indexes from the top of a configuration to a value in it. */
export type Path = readonly (string | number)[];

/** A value that the configuration only refers to: `"${NAME}"`, or a file (absolute, wherever the configuration may be moved). */
export type Reference = {readonly path: Path; readonly written: string | {readonly file: string}};

/** A configuration with everything that was learnt while it was read. */
export type Loaded = {
	readonly config: Config;
	/** Undefined: there was none, and `config` is the defaults. */
	readonly file: string | undefined;
	/** Values that must never be shown or logged: what references stand for, and what was written below a key such as `password`. */
	readonly secrets: readonly string[];
	readonly references: readonly Reference[];
	/** What works but should be mended, one sentence each; may be shown. */
	readonly warnings: readonly Safe[];
};

/** What there is without a file. */
export const builtIn: Loaded = {config: defaults, file: undefined, secrets: [], references: [], warnings: []};
