import type {Safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {Rect} from '../layout.js';
import type {Extent} from '../panels/panel.js';
import type {Scene} from '../scene.js';

/** What stands above the panels and takes the keys until it is closed. */
export type Dialog = {readonly kind: 'help'; readonly offset: number};

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
