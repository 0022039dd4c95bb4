import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ConfigError} from '../../src/core/errors.js';
import {parse} from './given.js';

/** The longest message there can be: a hundred problems of the longest text that is ever shown, with room for the rest. */
const longestMessage = 110 * 4096 * 2;

const known = [
	'every',
	'sampling',
	'mounts',
	'only',
	'except',
	'screen',
	'panels',
	'log',
	'level',
	'directory',
	'history',
	'rules',
	'builtinRules',
	'notify',
	'ping',
	'alerts',
	'Load high',
	'warning',
	'above',
	'while',
	'when',
	'cron',
];
const odd = [
	'series',
	'cpu',
	'file',
	'command',
	'password',
	'__proto__',
	'constructor',
	'',
	'$schema',
	'\u0000',
	'\ud800',
];
const keys = fc.oneof(fc.constantFrom(...known, ...odd), fc.string({unit: 'binary'}));
const texts = fc.constantFrom('1s', 'cpu', 'info', '/x', 'disk.used:/', `\${HOME}`, `\${NOPE}`, '*', '\u001b[2J', '');

/** Anything that JSON can hold, with keys and values that mean something here. */
const {anything} = fc.letrec(tie => ({
	anything: fc.oneof(
		{depthSize: 'small', withCrossShrink: true},
		fc.oneof(texts, fc.string({unit: 'binary'}), fc.double(), fc.boolean(), fc.constant(null)),
		fc.array(tie('anything'), {maxLength: 4}),
		fc.dictionary(keys, tie('anything'), {maxKeys: 5, noNullPrototype: false}),
	),
}));

/** It is accepted, or refused with a message that can be shown; nothing else. */
async function survives(text: string): Promise<void> {
	try {
		expect((await parse(text, {env: {HOME: '/root'}})).config.every).toBeGreaterThanOrEqual(200);
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigError);
		const {message} = error as ConfigError;
		expect(message).toMatch(/^config\.json/);
		expect(message).not.toMatch(/[^\P{Cc}\n]/u);
		expect(message.length).toBeLessThan(longestMessage);
	}
}

test('any JSON value is accepted or refused, never a bug', async () => {
	await fc.assert(
		fc.asyncProperty(anything, value => survives(JSON.stringify(value))),
		{numRuns: 500},
	);
});

test('any text is accepted or refused, never a bug', async () => {
	await fc.assert(fc.asyncProperty(fc.string({unit: 'binary', maxLength: 200}), survives), {numRuns: 300});
});

test('a good text with something put in, left out or cut off is accepted or refused, never a bug', async () => {
	const good = `// mine
{
	"every": "2s", /* slow */
	"sampling": {"cpu": "\${PACE}", "io": {"file": "/nonexistent"}},
	"mounts": {"only": ["/", "/data"]},
	"screen": {"panels": ["cpu"]},
	"history": {"series": ["disk.used:/data"]},
	"rules": [{"name": "a", "series": "disk.used", "warning": {"above": "90%", "clear": 80}, "for": "5m", "notify": ["b"],
		"when": {"cron": "0 8 * * 1-5", "duration": "10h", "timezone": "UTC"}}],
	"builtinRules": {"Load high": false, "Swapping": {"warning": {"above": "1MB/s"}}},
	"notify": [{"name": "b", "type": "command", "command": ["/bin/true"]}], // a program
	"ping": {"url": "https://hc.example.com/x"},
}
`;
	const pieces = fc.oneof(
		fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '//', '/*', '\\', '\n', 'null', '-'),
		fc.string(),
	);
	await fc.assert(
		fc.asyncProperty(fc.nat(good.length), fc.nat(8), pieces, fc.boolean(), async (at, length, piece, isCut) => {
			await survives(good.slice(0, at) + piece + (isCut ? '' : good.slice(at + length)));
		}),
		{numRuns: 300},
	);
});
