import type {Command} from 'commander';
import type {AlertsOptions} from './alerts.js';
import type {GlobalOptions, Io, Outcome} from './io.js';

type End = (outcome: Outcome) => void;

/** `alerts list|show`. */
export function addAlerts(healthtop: Command, io: Io, end: End): void {
	const alerts = group(healthtop, 'alerts', 'what fires, and what was done about it');
	plain(alerts.command('list').description('how alerts stand, of the engine that runs or ran last'))
		.option('--json', 'as JSON')
		.action(async (_: unknown, given: Command) => {
			const {listAlerts} = await import('./alerts.js');
			end(await listAlerts(given.optsWithGlobals<AlertsOptions>(), io));
		});
	plain(alerts.command('show').description('one incident, with what the machine looked like when it fired'))
		.argument('<incident>', 'its id, such as k3f9')
		.option('--json', 'as JSON')
		.action(async (id: string, _: unknown, given: Command) => {
			const {showAlert} = await import('./alerts.js');
			end(await showAlert(id, given.optsWithGlobals<AlertsOptions>(), io));
		});
}

/** `notify test`. */
export function addNotify(healthtop: Command, io: Io, end: End): void {
	const notify = group(healthtop, 'notify', 'try out how people are told');
	plain(notify.command('test').description('send a message that says that it is a test, and show each step'))
		.argument('[name]', 'only this notifier')
		.action(async (name: string | undefined, _: unknown, given: Command) => {
			const {notifyTest} = await import('./notify-test.js');
			end(await notifyTest(name, given.optsWithGlobals<GlobalOptions>(), io));
		});
}

function group(healthtop: Command, name: string, description: string): Command {
	return plain(healthtop.command(name).description(description)).helpCommand(false);
}

function plain(command: Command): Command {
	return command.helpOption('-h, --help', 'print this help').allowExcessArguments(false);
}
