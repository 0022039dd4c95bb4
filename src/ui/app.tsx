import {Box} from 'ink';
import {safe} from '../core/safe.js';
import {Frame} from './components/frame.js';
import {Help} from './components/help.js';
import type {HelpPlace} from './help.js';
import type {Places} from './layout.js';
import {digitOf, type PanelName} from './panel-name.js';
import {panels} from './panels/index.js';
import type {Palette} from './theme.js';

export type AppProps = {
	readonly places: Places;
	readonly focused: PanelName;
	readonly help: HelpPlace | undefined;
	readonly palette: Palette;
	readonly border: 'round' | 'classic';
};

/** The document: borders, titles, dialogs. Drawn again when the structure changes, never because a number did. */
export function App({places, focused, help, palette, border}: AppProps) {
	return (
		<Box width={places.columns} height={places.rows}>
			{places.panels.map(place => (
				<Frame
					key={place.panel}
					place={place}
					title={safe`${digitOf(place.panel)} ${titleOf(place.panel)} `}
					border={border}
					colour={hex(place.panel === focused ? palette.focus.rgb : palette.border.rgb)}
					isBold={place.panel === focused}
				/>
			))}
			{help && <Help place={help} border={border} colour={hex(palette.focus.rgb)} />}
		</Box>
	);
}

function titleOf(name: PanelName) {
	return panels.find(panel => panel.name === name)?.title ?? safe``;
}

function hex(rgb: number): string {
	return `#${rgb.toString(16).padStart(6, '0')}`;
}
