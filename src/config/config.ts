import {type AlertSettings, alertDefaults} from '../core/alerts/alert-settings.js';
import type {Severity} from '../core/alerts/severity.js';
import type {CheckType, ConditionText} from '../core/check.js';
import type {Filter} from '../core/filter.js';
import type {LogLevel} from '../core/log.js';
import type {NotifierType} from '../core/notifier.js';
import type {Safe} from '../core/safe.js';
import type {ThemeName} from '../core/theme-name.js';

/** The panels that a screen can have, in the order of their digits. */
export const panels = ['cpu', 'memory', 'disk', 'network', 'services', 'processes', 'alerts'] as const;

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

/** A number, or text that is one in the unit of its series: `512MiB`. */
export type Amount = number | string;

/** When a level of a rule holds: it has one of `above`, `below`, `rises` and `absent`. Amounts as they were written, times in ms. */
export type RuleLevelConfig = {
	readonly above?: Amount | undefined;
	readonly below?: Amount | undefined;
	readonly clear?: Amount | undefined;
	/** `10 per 10m` */
	readonly rises?: string | undefined;
	readonly absent?: true | undefined;
	/** Undefined: that of the rule. */
	readonly for?: number | undefined;
	readonly while?:
		| {readonly series: string; readonly above?: Amount | undefined; readonly below?: Amount | undefined}
		| undefined;
};

/** Levels by what they amount to. */
export type RuleLevelsConfig = {readonly [Level in Severity]?: RuleLevelConfig | undefined};

/** When a rule counts. */
export type Hours = {
	/** When it begins to, as cron writes it. */
	readonly cron: string;
	/** How long it does then, ms. */
	readonly duration: number;
	/** Undefined: that of the machine. */
	readonly timezone?: string | undefined;
	/** Whether it does at this moment of the wall clock, ms. */
	readonly isOpen: (wall: number) => boolean;
};

/** One rule. Times in ms. */
export type RuleConfig = RuleLevelsConfig & {
	readonly name: string;
	readonly series: string;
	readonly only?: readonly string[] | undefined;
	readonly except?: readonly string[] | undefined;
	/** Of levels without their own. */
	readonly for: number;
	readonly keepFiringFor: number;
	/** Names of notifiers; none: all of them. */
	readonly notify: readonly string[];
	readonly runbook?: string | undefined;
	/** Undefined: always. */
	readonly when?: Hours | undefined;
};

/** What is other than it was of a rule that is built in. Times in ms. */
export type BuiltinChange = RuleLevelsConfig & {
	/** Of its own levels, and of changed ones without their own. */
	readonly for?: number | undefined;
	readonly keepFiringFor?: number | undefined;
	readonly only?: readonly string[] | undefined;
	readonly except?: readonly string[] | undefined;
	readonly notify?: readonly string[] | undefined;
	readonly runbook?: string | undefined;
};

/** One way to tell people. */
export type NotifierConfig = {
	readonly name: string;
	readonly type: NotifierType;
	/** The type's own, with its defaults. */
	readonly options: Readonly<Record<string, unknown>>;
	/** The least that it tells. */
	readonly minimum: Severity;
};

/** Who is called while healthtop is well. Times in ms. */
export type PingConfig = {
	/** Secret, but for its host. */
	readonly url: string;
	readonly every: number;
	readonly timeout: number;
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
	readonly rules: readonly RuleConfig[];
	/** By name; `false`: not at all. */
	readonly builtinRules: Readonly<Record<string, false | BuiltinChange>>;
	readonly alerts: AlertSettings;
	readonly notify: readonly NotifierConfig[];
	readonly ping?: PingConfig | undefined;
	readonly screen: {
		/** At least one, none twice. */
		readonly panels: readonly (typeof panels)[number][];
		readonly theme: ThemeName;
		/** Undefined: as the locale says. */
		readonly ascii?: boolean | undefined;
		readonly ambiguousWidth: (typeof ambiguousWidths)[number];
		readonly mouse: boolean;
		readonly onHangup: (typeof onHangups)[number];
		/** Whether a bell rings when something critical is new. */
		readonly bell: boolean;
		/** Whether the terminal's title says what is wrong. */
		readonly title: boolean;
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
	rules: [],
	builtinRules: {},
	alerts: alertDefaults,
	notify: [],
	screen: {
		panels,
		theme: 'dark',
		ambiguousWidth: 'narrow',
		mouse: true,
		onHangup: 'end',
		bell: true,
		title: true,
		keys: {},
	},
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
