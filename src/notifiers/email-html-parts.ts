import type {Safe} from '../core/safe.js';
import {Markup, markup} from './email-markup.js';
import type {Tone} from './email-words.js';

/** Less important on a ground of any colour. */
export const dim = new Markup('opacity:.7');

/** White on each of them can be read: contrast of 4.5 at least. */
const grounds: Readonly<Record<Tone, Markup>> = {
	critical: new Markup('#c62828'),
	warning: new Markup('#a65b00'),
	info: new Markup('#1565c0'),
	well: new Markup('#2e7d32'),
};

/** A word on a coloured ground. */
export function pill(tone: Tone, text: Safe): Markup {
	return markup`<span style="display:inline-block;vertical-align:1px;padding:0 8px;border-radius:4px;background:${grounds[tone]};color:#ffffff;font-size:12px;line-height:18px;font-weight:bold;letter-spacing:.4px;white-space:nowrap">${text}</span>`;
}

/** The heading of a part. */
export function heading(text: Safe, more: Safe): Markup {
	return markup`<div style="margin:20px 0 6px"><b>${text}</b> <span style="font-size:13px;${dim}">${more}</span></div>\n`;
}

/** Of a table that only says where things stand. */
export const table = new Markup('role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"');
