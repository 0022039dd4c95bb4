import type {Safe} from '../../core/safe.js';
import type {Area} from '../area.js';
import type {PanelName} from '../panel-name.js';
import type {Scene} from '../scene.js';

/** One panel: a title that stands still, and pure functions from a scene to what changes. */
export type Panel = {
	readonly name: PanelName;
	readonly title: Safe;
	/** The sampler whose failure this panel explains. */
	readonly area: string;
	/** Right end of the upper border; `rows` and `columns` of the body. */
	readonly summary: (scene: Scene, rows: number, columns: number) => Safe;
	readonly paint: (area: Area, scene: Scene) => void;
	/** Rows there are and rows that the body shows at a time, for panels that scroll. */
	readonly extent?: (scene: Scene, rows: number, columns: number) => Extent;
};

export type Extent = {
	readonly total: number;
	readonly shown: number;
	/** How far a page goes so that no row is passed over, where that is not all that is shown: of two lists below each other. */
	readonly page?: number;
};

/** The first row to show: what the view asks for, as far as there is something. */
export function offsetOf(panel: PanelName, {total, shown}: Extent, {view}: Scene): number {
	return Math.max(0, Math.min(view.offsets[panel] ?? 0, total - shown));
}
