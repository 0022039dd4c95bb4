/**
 * Types that ask this machine's own disks, memory or kernel, and so cannot hang on somebody else. An overlay may lie on anything, also on what
 * does not answer; only that at `/` is what we run on ourselves.
 */
const local = new Set(
	`apfs bcachefs btrfs erofs exfat ext2 ext3 ext4 f2fs iso9660 jfs msdos nilfs2 ntfs3 reiserfs squashfs tmpfs
	udf vfat xfs zfs devtmpfs proc ramfs sysfs`.split(/\s+/),
);

/** True where what is mounted cannot hang on somebody else. */
export function isLocalMount(type: string, mount: string): boolean {
	return local.has(type) || (type === 'overlay' && mount === '/');
}

/**
 * Every mount point, one character a byte, and whether what is mounted there last is plainly local. Format: proc_pid_mountinfo(5).
 */
export function localMounts(mountinfo: string): ReadonlyMap<string, boolean> {
	const rows = mountinfo.split('\n').flatMap((line): [string, boolean][] => {
		const [before = '', after = ''] = line.split(' - ');
		const path = before.split(' ')[4];

		if (path === undefined) {
			return [];
		}

		const mount = unescapeOctal(path);
		return [[mount, isLocalMount(after.split(' ')[0] ?? '', mount)]];
	});
	return new Map(rows);
}

/** Space, tab, newline and backslash stand in octal. */
export function unescapeOctal(field: string): string {
	return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
