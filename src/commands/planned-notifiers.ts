import type {Config} from '../config/config.js';
import {bytesOf} from '../core/bytes-of.js';
import {redactor} from '../core/redact.js';
import {safeText} from '../core/safe.js';
import type {PlannedNotifier} from '../engine/planned-notifier.js';

/** Notifiers as the engine uses them. `secrets` are in nothing that they say. */
export function plannedNotifiers(
	{notify}: Pick<Config, 'notify'>,
	secrets: readonly string[],
): readonly PlannedNotifier[] {
	const hide = redactor(secrets);
	return notify.map(({name, type, options, minimum}) => ({
		id: bytesOf(name),
		name: safeText(name),
		recipients: type.recipients(options),
		timeout: type.timeout(options),
		minimum,
		notify: type.start(options),
		hide,
		key: JSON.stringify({name, type: type.type, options, minimum}),
	}));
}
