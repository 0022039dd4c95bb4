import * as z from 'zod';
import {logLevels} from '../core/log.js';
import {themeNames} from '../core/theme-name.js';
import {alertsSchema} from './alert-settings.js';
import {builtinRulesSchema} from './builtin-rules.js';
import {checksSchema} from './checks.js';
import {ambiguousWidths, type Config, defaults, onHangups, panels} from './config.js';
import {durationOption} from './duration-option.js';
import {formatDuration} from './format-duration.js';
import {tellAll} from './found-problem.js';
import type {Known} from './known.js';
import {unknownNotifiers} from './notified.js';
import {notifySchema} from './notify.js';
import {pingSchema} from './ping.js';
import {rulesSchema} from './rules.js';
import {screenKeys} from './screen-keys.js';
import {seriesOption} from './series-option.js';
import {wholeOption} from './whole-option.js';

// What is checked once is not worth being compiled.
z.config({jitless: true});

/** Most series that can be kept beyond the main ones. */
const mostSeries = 100;

const period = durationOption('200ms', '24h');

// Nobody who writes a star means it: a filter that silently matches nothing would hide that.
const name = z.string().refine(text => !text.includes('*'), 'must be a whole name, a star stands for nothing here');

function filter(what: string) {
	return z
		.strictObject({
			only: z.array(name).optional().meta({description: 'Whole names; nothing else is watched.'}),
			except: z.array(name).optional().meta({description: 'Whole names; everything else is watched.'}),
		})
		.prefault({})
		.meta({description: `Which ${what} are watched. Without a key in it: all of them.`});
}

const panelList = z
	.array(z.enum(panels))
	.min(1)
	.superRefine((names, context) => {
		for (const [index, panel] of names.entries()) {
			if (names.indexOf(panel) !== index) {
				context.addIssue({code: 'custom', message: 'must be named only once', path: [index], input: panel});
			}
		}
	})
	.prefault([...defaults.screen.panels])
	.meta({description: 'Panels of the screen. Default: all.'});

const theme = z
	.enum(themeNames)
	.prefault(defaults.screen.theme)
	.meta({
		description: `Colours: for dark backgrounds, for light ones, or the terminal's own. Default: "${defaults.screen.theme}".`,
	});

const asciiOnly = z
	.boolean()
	.optional()
	.meta({description: 'Only ASCII characters, or all of them. Default: as the locale says.'});

const ambiguousWidth = z
	.enum(ambiguousWidths)
	.prefault(defaults.screen.ambiguousWidth)
	.meta({
		description: `Columns of borders and graphs in this terminal: where they are "wide", they are made of ASCII characters. Default: "${defaults.screen.ambiguousWidth}".`,
	});

const mouse = z
	.boolean()
	.prefault(defaults.screen.mouse)
	.meta({
		description: `Whether the mouse does something; held with shift it is the terminal's in any case. Default: ${defaults.screen.mouse}.`,
	});

const onHangup = z
	.enum(onHangups)
	.prefault(defaults.screen.onHangup)
	.meta({
		description: `What a screen with an engine inside does when its terminal is gone: "end", or "stay" without a screen, as 'healthtop run'. Default: "${defaults.screen.onHangup}".`,
	});

const bell = z
	.boolean()
	.prefault(defaults.screen.bell)
	.meta({description: `Whether the bell rings when something critical is new. Default: ${defaults.screen.bell}.`});

const title = z
	.boolean()
	.prefault(defaults.screen.title)
	.meta({description: `Whether the terminal's title says what is wrong. Default: ${defaults.screen.title}.`});

function screen(keys: Known['keys']) {
	return z
		.strictObject({
			panels: panelList,
			theme,
			ascii: asciiOnly,
			ambiguousWidth,
			mouse,
			onHangup,
			bell,
			title,
			keys: screenKeys(keys),
		})
		.prefault({})
		.meta({description: 'What the screen shows, and how.'});
}

// A relative one would be somewhere else each time the program is started somewhere else.
const directory = z
	.string()
	.regex(/^\/[^\x00-\x1f\x7f]*$/, 'must be an absolute path such as "/var/log/healthtop"')
	.optional()
	.meta({description: 'Absolute path of the directory that the log is written to. Default: the state directory.'});

const level = z
	.enum(logLevels)
	.prefault(defaults.log.level)
	.meta({description: `The least grave entries that are written. Default: "${defaults.log.level}".`});

const log = z.strictObject({level, directory}).prefault({}).meta({description: 'The log of healthtop itself.'});

const keptSeries = z
	.array(seriesOption)
	.max(mostSeries)
	.prefault([...defaults.history.series])
	.meta({
		description: `Series kept for long beyond the main ones, at most ${mostSeries}: "area.measure" for all its instances, or "area.measure:instance". Default: none.`,
	});

const history = z.strictObject({series: keptSeries}).prefault({}).meta({description: 'What is kept for long.'});

/** So many at once that no machine is loaded by its monitor. */
const most = {sockets: 1000, commands: 100} as const;

function places(what: keyof typeof most, of: string) {
	const usual = defaults.concurrency[what];
	return wholeOption(1, most[what])
		.prefault(usual)
		.meta({description: `${of} at once, 1 to ${most[what]}. Default: ${usual}.`});
}

const concurrency = z
	.strictObject({
		sockets: places('sockets', 'Checks that ask over the network'),
		commands: places('commands', 'Checks that run a program'),
	})
	.prefault({})
	.meta({description: 'How many checks are under way at most; the others wait for their turn.'});

function sampling(samplers: readonly string[]) {
	const description = 'Time between two readings of this sampler, "200ms" to "24h".';
	return z
		.strictObject(Object.fromEntries(samplers.map(sampler => [sampler, period.optional().meta({description})])))
		.prefault({})
		.meta({description: 'Samplers that are read less often than every time. Default: their own pace.'});
}

/** The configuration of everything that exists. Durations come out in ms. */
export function configSchema({samplers, keys, checkTypes, notifierTypes}: Known) {
	const every = durationOption('200ms', '60s').prefault(formatDuration(defaults.every));
	const all = z.strictObject({
		$schema: z.string().optional().meta({description: 'Where the JSON Schema is, for editors.'}),
		every: every.meta({
			description: `Time between two readings, "200ms" to "60s". Default: "${formatDuration(defaults.every)}".`,
		}),
		sampling: sampling(samplers),
		mounts: filter('file systems, by where they are mounted,'),
		devices: filter('block devices'),
		interfaces: filter('network interfaces'),
		concurrency,
		checks: checksSchema(checkTypes),
		rules: rulesSchema,
		builtinRules: builtinRulesSchema,
		alerts: alertsSchema,
		notify: notifySchema(notifierTypes),
		ping: pingSchema,
		screen: screen(keys),
		log,
		history,
	});
	// Told together with what is wrong besides.
	return all
		.superRefine((written, context) => tellAll(unknownNotifiers(written), context), {when: () => true})
		.meta({title: "healthtop's configuration"});
}

/** The configuration of what the schema let through. */
export function checkedConfig({$schema, sampling, ...rest}: z.output<ReturnType<typeof configSchema>>): Config {
	const times = Object.entries(sampling).filter((entry): entry is [string, number] => entry[1] !== undefined);
	return {...rest, sampling: Object.fromEntries(times)};
}
