import type {Safe} from './safe.js';

/** What does not change while a machine runs; a fact that is not known is empty. */
export type Facts = {
	/** `AMD EPYC 7B13`. */
	readonly model: Safe;
	/** `Debian GNU/Linux 12`. */
	readonly os: Safe;
	/** `Linux 6.12.57 x86_64`. */
	readonly kernel: Safe;
	/** `kvm`, or `no virtual machine`. */
	readonly virtualisation: Safe;
};
