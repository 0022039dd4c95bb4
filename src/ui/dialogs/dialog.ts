import type {Safe} from '../../core/safe.js';
import type {ProcessId, SignalTarget} from '../../core/signal.js';
import type {Area} from '../area.js';
import type {Rect} from '../layout.js';
import type {Extent} from '../panels/panel.js';
import type {Scene} from '../scene.js';

/** What stands above the panels and takes the keys until it is closed. */
export type Dialog = HelpDialog | DetailsDialog | SignalDialog;

type HelpDialog = {readonly kind: 'help'; readonly offset: number};

/** All about one process. */
export type DetailsDialog = {readonly kind: 'details'; readonly offset: number; readonly id: ProcessId};

/** Which signal a process is sent, and whether it really is to be. */
export type SignalDialog = {
	readonly kind: 'signal';
	readonly offset: number;
	/** As it was when the key was pressed. */
	readonly target: SignalTarget;
	/** Row of the list of signals. */
	readonly chosen: number;
	/** True once a signal was chosen: the question waits for its answer. */
	readonly isAsked: boolean;
};

/** Where a dialog stands, and its title: a part of the structure. */
export type DialogPlace = Rect & {readonly title: Safe};

/** One kind of dialog: its border stands still, what is in it is painted by a pure function. */
export type DialogView<Kind extends Dialog = Dialog> = {
	readonly title: Safe;
	/** Of a screen of so many columns and rows, border included. */
	readonly size: (columns: number, rows: number) => {readonly columns: number; readonly rows: number};
	readonly paint: (area: Area, scene: Scene, dialog: Kind) => void;
	/** Rows there are and rows that the inside, so many columns and rows large, shows at a time. */
	readonly extent: (scene: Scene, dialog: Kind, columns: number, rows: number) => Extent;
};
