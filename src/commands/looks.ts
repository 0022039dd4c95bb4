import type {Config} from '../config/config.js';
import type {ThemeName} from '../core/theme-name.js';
import {type Binding, bindingsWith} from '../ui/keys-table.js';
import {ascii, type Symbols, unicode} from '../ui/theme.js';
import type {GlobalOptions} from './io.js';
import {type Environment, isAsciiLocale} from './terminal-kind.js';

/** How the screen looks, and what it listens to, when it opens, or when another configuration is in force. */
export type Looks = {
	readonly theme: ThemeName;
	readonly symbols: Symbols;
	/** The terminal gets nothing but ASCII, whatever is painted. */
	readonly isAscii: boolean;
	readonly hasMouse: boolean;
	readonly hasBell: boolean;
	readonly hasTitle: boolean;
	readonly bindings: readonly Binding[];
};

/** An option counts before the configuration, and that before what the locale says. */
export function looksOf(
	options: Pick<GlobalOptions, 'theme' | 'ascii'>,
	screen: Config['screen'],
	env: Environment,
): Looks {
	const isAscii = options.ascii ?? screen.ascii ?? isAsciiLocale(env);
	// Where borders and graphs take two columns each, only their characters are exchanged: text is addressed cell by cell anyway.
	const hasPlainSymbols = isAscii || screen.ambiguousWidth === 'wide';
	return {
		theme: options.theme ?? screen.theme,
		symbols: hasPlainSymbols ? ascii : unicode,
		isAscii,
		hasMouse: screen.mouse,
		hasBell: screen.bell,
		hasTitle: screen.title,
		bindings: bindingsWith(screen.keys),
	};
}
