import {resolve} from 'node:path';
import {didYouMean} from '../core/did-you-mean.js';
import {UserError} from '../core/errors.js';
import {safeText} from '../core/safe.js';
import {rememberedAlerts} from '../engine/remembered-alerts.js';
import {alertsJson} from '../report/alerts-json.js';
import {type AlertsReport, alertsText, alertText} from '../report/alerts-text.js';
import {findEngine} from './find-engine.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {stateDirectoryFor} from './residence.js';

export type AlertsOptions = GlobalOptions & {readonly json?: boolean};

/** Prints how alerts stand, of the engine that runs or of the one that ran last. */
export async function listAlerts(options: AlertsOptions, io: Io): Promise<Outcome> {
	const report = await reportOf(options, io);
	await print(io.stdout, options.json ? alertsJson(report) : alertsText(report));
	return {code: 0};
}

/** Prints all that is known of one incident. @throws {UserError} where there is none of that id. */
export async function showAlert(id: string, options: AlertsOptions, io: Io): Promise<Outcome> {
	const report = await reportOf(options, io);
	const alert = report.alerts.find(({incident}) => incident === id);

	if (!alert) {
		const hint = didYouMean(
			id,
			report.alerts.map(({incident}) => incident),
		);
		const known = hint === undefined ? "'healthtop alerts list' shows those that there are" : `did you mean '${hint}'?`;
		throw new UserError(`there is no incident '${safeText(id)}'; ${known}`);
	}

	await print(io.stdout, options.json ? alertsJson({...report, alerts: [alert]}) : alertText(alert, report.at));
	return {code: 0};
}

async function reportOf(options: GlobalOptions, io: Io): Promise<AlertsReport> {
	const found = await findEngine(options, io);
	const at = io.clock.wall();

	switch (found.kind) {
		case 'attached': {
			const {alerts = [], notifiers = []} = found.store.snapshot ?? {};
			found.store.close();
			return {at, isRemembered: false, alerts, notifiers};
		}
		case 'watch-only':
			throw new UserError(`the engine does not tell: ${found.note.replace('watching only: ', '')}`);
		case 'none': {
			const directory = stateDirectoryFor(options, io)?.path;
			const alerts = directory === undefined ? [] : await rememberedAlerts(resolve(directory), at);
			return {at, isRemembered: true, alerts, notifiers: []};
		}
	}
}
