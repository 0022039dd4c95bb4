import {parseMoment} from '../core/parse-moment.js';
import {typeText} from './text-field.js';
import {goTo, type TimeAround} from './time-view.js';
import {type ViewState, withTime} from './view-state.js';

/** The moment to go to as a person writes it. */
export type MomentField = {readonly text: string};

/** The view after a key while a moment is typed: `enter` goes there when it is one, `escape` leaves. */
export function typeMoment(view: ViewState, key: string, around: TimeAround): ViewState {
	const text = view.moment?.text ?? '';

	if (key === 'escape') {
		return {...view, moment: undefined};
	}

	if (key !== 'enter') {
		return {...view, moment: {text: typeText(text, key)}};
	}

	if (text.trim() === '') {
		return {...view, moment: undefined};
	}

	const parsed = parseMoment(text, around.newest);
	return parsed.ok ? {...withTime(view, goTo(view.time, parsed.at, around)), moment: undefined} : view;
}
