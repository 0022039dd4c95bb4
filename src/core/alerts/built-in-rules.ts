import type {Guard, Rule, RuleLevel} from './rule.js';

/** A rule that is there without a configuration. Its name is what `builtinRules` knows it by. */
export type BuiltInRule = Pick<Rule, 'series' | 'levels' | 'keepFiringFor' | 'needsClear'> & {readonly name: string};

const second = 1000;
const minute = 60 * second;

/** In the unit of series that tell a time. */
const hour = 3600;

const above = (trigger: number, clear: number, time: number, guard?: Guard): RuleLevel => ({
	kind: 'above',
	trigger,
	clear,
	for: time,
	...(guard && {guard}),
});
const below = (trigger: number, clear: number, time: number, guard?: Guard): RuleLevel => ({
	kind: 'below',
	trigger,
	clear,
	for: time,
	...(guard && {guard}),
});

/** Something that is or is not, which no other value can give hysteresis to: that is in `keepFiringFor`. */
const there = (time: number): RuleLevel => above(0, 0, time);

/** A disk that is a tenth full, and would be full in a day, is one that somebody is copying to. */
const hasLittleLeft: Guard = {series: 'disk.used', kind: 'above', trigger: 70};

/** Memory that is nearly all in use is a cache at work, until every task waits for it. */
const everybodyWaits: Guard = {series: 'pressure.memory_full', kind: 'above', trigger: 5};

/** Images (squashfs, iso9660 ...) are always full: the sampler gives no `disk.used` and no inodes of them, and no forecast is made. */
const disks: readonly BuiltInRule[] = [
	{
		name: 'Disk nearly full',
		series: 'disk.used',
		levels: {warning: above(90, 87, 5 * minute), critical: above(95, 93, 5 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'Inodes nearly used up',
		series: 'disk.inodes_used',
		levels: {warning: above(90, 87, 5 * minute), critical: above(95, 93, 5 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'Disk will be full',
		series: 'disk.full_in',
		levels: {
			warning: below(24 * hour, 36 * hour, 15 * minute, hasLittleLeft),
			critical: below(4 * hour, 6 * hour, 15 * minute, hasLittleLeft),
		},
		keepFiringFor: 5 * minute,
	},
	{
		// Critical: the kernel does that when it cannot trust the device any more, and from then on nothing that is there can be saved.
		name: 'File system read-only',
		series: 'disk.read_only',
		levels: {critical: there(minute)},
		keepFiringFor: minute,
		needsClear: true,
	},
	{
		name: 'RAID degraded',
		series: 'raid.degraded',
		levels: {critical: there(minute)},
		keepFiringFor: minute,
	},
	{
		name: 'Waiting for disks',
		series: 'pressure.io_full',
		levels: {warning: above(20, 10, 10 * minute)},
		keepFiringFor: 0,
	},
];

/** Of the CPU alone there is no rule: a busy machine is a machine at work. What is too much for it shows in the load. */
const machine: readonly BuiltInRule[] = [
	{
		name: 'Memory nearly used up',
		series: 'memory.used',
		levels: {
			warning: above(90, 87, 10 * minute),
			critical: above(95, 92, 5 * minute, everybodyWaits),
		},
		keepFiringFor: 0,
	},
	{
		name: 'Swapping',
		series: 'swap.traffic',
		levels: {warning: above(10e6, 5e6, 5 * minute)},
		keepFiringFor: minute,
	},
	{
		// It is over by itself when the last kill is ten minutes ago.
		name: 'Out of memory',
		series: 'memory.oom_kills',
		levels: {warning: {kind: 'rises', by: 1, within: 10 * minute, for: 0}},
		keepFiringFor: 0,
	},
	{
		name: 'Load high',
		series: 'load.per_core',
		levels: {warning: above(2, 1.5, 15 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'Many zombies',
		series: 'process.zombies',
		levels: {warning: above(50, 40, 15 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'Open files nearly used up',
		series: 'files.open',
		levels: {warning: above(80, 75, 5 * minute), critical: above(95, 90, 5 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'Connection table nearly full',
		series: 'conntrack.used',
		levels: {warning: above(80, 75, 5 * minute), critical: above(95, 90, 5 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'Machine restarted',
		series: 'uptime',
		levels: {info: below(600, 600, 0)},
		keepFiringFor: 0,
	},
];

const services: readonly BuiltInRule[] = [
	{
		// One that systemd starts again and again has failed only now and then.
		name: 'Unit failed',
		series: 'unit.failed',
		levels: {warning: there(2 * minute)},
		keepFiringFor: 5 * minute,
	},
	{
		// Several servers behind one name may have different ones: a certificate is renewed when it has been so for a while.
		name: 'Certificate expires',
		series: 'check.certificate_days',
		levels: {warning: below(14, 15, minute), critical: below(3, 4, minute)},
		keepFiringFor: 0,
	},
];

/** Without these nobody would know that nobody is told. */
const ourselves: readonly BuiltInRule[] = [
	{
		name: 'healthtop late',
		series: 'self.lag',
		levels: {warning: above(1000, 500, 5 * minute)},
		keepFiringFor: 0,
	},
	{
		name: 'healthtop keeps nothing',
		series: 'self.unkept',
		levels: {critical: there(minute)},
		keepFiringFor: minute,
	},
	{
		// Those that are counted have had their five minutes.
		name: 'healthtop cannot tell',
		series: 'self.undeliverable',
		levels: {warning: there(0)},
		keepFiringFor: minute,
	},
	{
		name: 'healthtop impaired',
		series: 'self.impaired',
		levels: {warning: there(0)},
		keepFiringFor: minute,
	},
];

/** What is watched without a configuration: little enough that each of it is worth being told. */
export const builtInRules: readonly BuiltInRule[] = [...disks, ...machine, ...services, ...ourselves];
