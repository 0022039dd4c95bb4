import type {Panel} from '../ui/panels/panel.js';
import type {Depth} from '../ui/screen/styles.js';
import type {GlobalOptions, Io} from './io.js';

/** What a screen is made of, whoever samples for it. */
export type ScreenOptions = {
	/** Every panel that there may be. */
	readonly panels: readonly Panel[];
	readonly depth: Depth;
	readonly options: GlobalOptions;
	readonly io: Io;
};
