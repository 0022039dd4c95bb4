import {ParseError} from '../core/errors.js';
import {isLocalMount, unescapeOctal} from '../core/local-mounts.js';
import {withoutHidden} from './reachable-mounts.js';

/** One row of mountinfo that stands for storage. Strings are one character a byte. */
export type Mount = {
	readonly mount: string;
	readonly device: string;
	readonly type: string;
	/** Of the mount point, and of the whole file system where they are others. */
	readonly options: readonly string[];
	readonly isReadOnly: boolean;
	/** A type that is never written: always full, by its nature. */
	readonly isImage: boolean;
	/** True where statfs(2) asks this machine's own disks or memory, and so cannot hang on somebody else. */
	readonly isLocal: boolean;
};

/** Types that hold no data of anybody: interfaces to the kernel, and what systemd mounts when it is needed. */
const pseudo = new Set(
	`autofs bdev binfmt_misc bpf cgroup cgroup2 configfs cpuset debugfs devfs devpts devtmpfs efivarfs fusectl hugetlbfs
	mqueue nfsd none nsfs pipefs proc pstore ramfs rpc_pipefs securityfs selinuxfs smackfs sockfs sysfs tracefs
	fuse.gvfsd-fuse fuse.lxcfs fuse.portal`.split(/\s+/),
);

/** Those of the kernel, and the same in user space (snaps without root, AppImages). */
const images = /^(?:squashfs|iso9660|erofs|udf|fuse\.(?:snapfuse|squashfuse(?:_ll)?|erofsfuse|.+\.AppImage))$/;

/** A container's or the system's own plumbing, which nobody fills by hand. */
const plumbing =
	/^\/(?:dev|proc|sys|run)(?:\/|$)|^\/var\/(?:lib|snap)\/(?:docker|containers|containerd|kubelet|snapd?)\//;

/** Layers of containers, wherever their data is kept. */
const layers = /\/(?:docker|containers|containerd|kubelet)\//;

/**
 * Mounts that hold data and that `isWanted`, each device once: of several mounts of one device one that can be written, then one of the whole
 * file system and not of a directory of it (a bind mount), then that with the shortest path. What lies below another mount is
 * hidden by it. Format: proc_pid_mountinfo(5).
 * @throws ParseError when no row can be read.
 */
export function parseMountinfo(
	source: string,
	text: string,
	isWanted: (mount: string) => boolean = () => true,
): readonly Mount[] {
	const rows = text.split('\n').flatMap(rowOf);

	if (rows.length === 0) {
		throw new ParseError(source, 'has no row that can be read');
	}

	const reachable = withoutHidden(rows).filter(
		({mount, type}) => !pseudo.has(type) && !isPlumbing(mount, type) && isWanted(mount),
	);
	return eachDeviceOnce(reachable);
}

/** A mount with what tells it from others: its number, that of the mount it lies on, and its device's; and whether it is no bind mount. */
type Mounted = Mount & {
	readonly id: string;
	readonly parent: string;
	readonly device_: string;
	readonly isWhole: boolean;
};

function rowOf(line: string): Mounted[] {
	const [before = '', after] = line.split(' - ');
	const [id = '', parent = '', device_, root, path, options] = before.split(' ');
	const [type, device, superOptions = ''] = after?.split(' ') ?? [];

	if (
		device_ === undefined ||
		path === undefined ||
		options === undefined ||
		type === undefined ||
		device === undefined
	) {
		return [];
	}

	const mount = unescapeOctal(path);
	const [ofMount, ofAll] = [options.split(','), superOptions.split(',').filter(option => option !== '')];
	return [
		{
			mount,
			device: unescapeOctal(device),
			type,
			options: [...new Set([...ofMount, ...ofAll.filter(option => option !== 'rw' && option !== 'ro')])],
			isReadOnly: ofMount.includes('ro') || ofAll.includes('ro'),
			isImage: images.test(type),
			isLocal: isLocalMount(type, mount),
			id,
			parent,
			device_,
			isWhole: root === '/',
		},
	];
}

function eachDeviceOnce(mounts: readonly Mounted[]): readonly Mount[] {
	const byDevice = new Map<string, Mounted>();

	for (const mount of mounts) {
		const other = byDevice.get(mount.device_);

		if (!other || isBetter(mount, other)) {
			byDevice.set(mount.device_, mount);
		}
	}

	const kept = [...byDevice.values()].map(({id: _, parent: __, device_: ___, isWhole: ____, ...mount}) => mount);
	return kept.sort((a, b) => (a.mount < b.mount ? -1 : 1));
}

/** A read-only bind mount must not stand for a file system that is written elsewhere. */
function isBetter(mount: Mounted, other: Mounted): boolean {
	if (mount.isReadOnly !== other.isReadOnly) {
		return other.isReadOnly;
	}

	return mount.isWhole === other.isWhole ? mount.mount.length < other.mount.length : mount.isWhole;
}

function isPlumbing(mount: string, type: string): boolean {
	return (
		((type === 'tmpfs' || type === 'overlay') && plumbing.test(mount)) || (type === 'overlay' && layers.test(mount))
	);
}
