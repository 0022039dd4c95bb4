import {Box} from 'ink';
import {safe} from '../core/safe.js';
import {Frame} from './components/frame.js';
import type {DialogPlace} from './dialogs/dialog.js';
import type {Places} from './layout.js';
import {digitOf, type PanelName} from './panel-name.js';
import {panels} from './panels/index.js';

export type AppProps = {
	readonly places: Places;
	readonly dialog: DialogPlace | undefined;
	readonly border: 'round' | 'classic';
};

/**
 * The document: borders, titles, dialogs. Drawn again when the structure changes, never because a number did. It has no
 * colours: Ink takes longer to write them than for all the rest, and the cells have them from the theme anyway.
 */
export function App({places, dialog, border}: AppProps) {
	return (
		<Box width={places.columns} height={places.rows}>
			{places.panels.map(place => (
				<Frame
					key={place.panel}
					place={place}
					title={safe`${digitOf(place.panel)} ${titleOf(place.panel)} `}
					border={border}
				/>
			))}
			{dialog && <Frame place={dialog} title={safe` ${dialog.title} `} border={border} />}
		</Box>
	);
}

function titleOf(name: PanelName) {
	return panels.find(panel => panel.name === name)?.title ?? safe``;
}
