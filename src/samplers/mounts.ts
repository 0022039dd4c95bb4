import {ParseError} from '../core/errors.js';

/** One row of mountinfo that stands for storage. Strings are one character a byte. */
export type Mount = {
	readonly mount: string;
	readonly device: string;
	readonly type: string;
	readonly isReadOnly: boolean;
	/** True where statfs(2) asks this machine's own disks or memory, and so cannot hang on somebody else. */
	readonly isLocal: boolean;
};

/** Types that hold no data of anybody: interfaces to the kernel, and what systemd mounts when it is needed. */
const pseudo = new Set(
	`autofs bdev binfmt_misc bpf cgroup cgroup2 configfs cpuset debugfs devfs devpts devtmpfs efivarfs fusectl hugetlbfs
	mqueue nfsd none nsfs pipefs proc pstore ramfs rpc_pipefs securityfs selinuxfs smackfs sockfs sysfs tracefs
	fuse.gvfsd-fuse fuse.lxcfs fuse.portal`.split(/\s+/),
);

const local = new Set(
	`apfs bcachefs btrfs erofs exfat ext2 ext3 ext4 f2fs iso9660 jfs msdos nilfs2 ntfs3 overlay reiserfs squashfs tmpfs
	udf vfat xfs zfs`.split(/\s+/),
);

/** A container's or the system's own plumbing, which nobody fills by hand. */
const plumbing = /^\/(?:dev|proc|sys|run)(?:\/|$)|\/(?:docker|containers|containerd|kubelet|snapd?)\//;

/**
 * Mounts that hold data, each device once: of several mounts of one device (bind mounts) the one with the shortest path.
 * A mount over another one hides it. Format: proc_pid_mountinfo(5).
 * @throws ParseError when no row can be read.
 */
export function parseMountinfo(source: string, text: string): readonly Mount[] {
	const byPath = new Map<string, Mount & {device_: string}>();
	let rows = 0;

	for (const line of text.split('\n')) {
		const [before = '', after] = line.split(' - ');
		const [, , device_, , path, options] = before.split(' ');
		const [type, device, superOptions = ''] = after?.split(' ') ?? [];

		if (
			device_ === undefined ||
			path === undefined ||
			options === undefined ||
			type === undefined ||
			device === undefined
		) {
			continue;
		}

		rows += 1;
		const mount = unescapeOctal(path);
		byPath.delete(mount);

		if (!pseudo.has(type) && !isPlumbing(mount, type)) {
			const isReadOnly = has(options, 'ro') || has(superOptions, 'ro');
			byPath.set(mount, {mount, device: unescapeOctal(device), type, isReadOnly, isLocal: local.has(type), device_});
		}
	}

	if (rows === 0) {
		throw new ParseError(source, 'has no row that can be read');
	}

	return eachDeviceOnce([...byPath.values()]);
}

function eachDeviceOnce(mounts: readonly (Mount & {device_: string})[]): readonly Mount[] {
	const byDevice = new Map<string, Mount>();

	for (const {device_, ...mount} of mounts) {
		const other = byDevice.get(device_);

		if (!other || mount.mount.length < other.mount.length) {
			byDevice.set(device_, mount);
		}
	}

	return [...byDevice.values()].sort((a, b) => (a.mount < b.mount ? -1 : 1));
}

function isPlumbing(mount: string, type: string): boolean {
	return (type === 'tmpfs' || type === 'overlay') && plumbing.test(mount);
}

function has(options: string, option: string): boolean {
	return options.split(',').includes(option);
}

/** Space, tab, newline and backslash stand in octal. */
function unescapeOctal(field: string): string {
	return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
