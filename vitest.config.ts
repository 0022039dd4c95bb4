import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		reporters: ['default', './test/helpers/summary-reporter.ts'],
		// A real pty, a build and other programs are slow on a machine that is busy with the tests beside it.
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// Most of the time is waiting for terminals: on two cores, one file at a time would take twice as long.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		env: {TZ: 'UTC'},
	},
});
