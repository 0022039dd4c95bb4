import type {Detail, Details} from '../core/sampler.js';
import type {Places} from './layout.js';
import type {Scene} from './scene.js';

const ofNetwork: Details = new Set<Detail>(['addresses', 'listeners']);
const none: Details = new Set();

/** What is to be read because this scene shows it; a frozen picture and the past show nothing that comes. */
export function wantedDetails({view}: Scene, {panels}: Places): Details {
	const isOpen = view.zoomed === 'network' && panels.some(({panel}) => panel === 'network');
	return isOpen && !view.isFrozen && !view.time.past ? ofNetwork : none;
}
