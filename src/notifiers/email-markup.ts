import type {Safe} from '../core/safe.js';

/** HTML in which everything that is not ours is escaped. Made only by `markup`. */
export class Markup {
	readonly html: string;

	constructor(html: string) {
		this.html = html;
	}
}

type Piece = Safe | number | Markup | readonly Markup[];

/** HTML of our own with text in it: `` markup`<b>${name}</b>` ``. */
export function markup(literals: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
	return new Markup(String.raw({raw: literals}, ...pieces.map(htmlOf)));
}

function htmlOf(piece: Piece): string {
	if (piece instanceof Markup) {
		return piece.html;
	}

	if (Array.isArray(piece)) {
		return piece.map((one: Markup) => one.html).join('');
	}

	return String(piece).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** An address of the web as a link; anything else (`javascript:`) stays text. */
export function linked(address: Safe): Markup {
	return /^https?:\/\/[^\s"'<>]+$/i.test(address)
		? markup`<a href="${address}" style="color:inherit">${address}</a>`
		: markup`${address}`;
}
