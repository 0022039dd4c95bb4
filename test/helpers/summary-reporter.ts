import type {Reporter, TestModule} from 'vitest/node';

/** Ends the run with the one plain line that every kind of CI reads. */
export default class SummaryReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
		const count = {passed: 0, failed: unhandledErrors.length, skipped: 0};

		for (const module of modules) {
			// A file that could not even be loaded has no tests to count.
			count.failed += module.errors().length;

			for (const test of module.children.allTests()) {
				const {state} = test.result();
				count[state === 'pending' ? 'skipped' : state] += 1;
			}
		}

		console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
	}
}
