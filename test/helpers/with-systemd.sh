#!/usr/bin/env bash
# A command beside a real systemd: with-systemd.sh COMMAND [ARG ...]
#
# Where process 1 is not systemd, `systemctl` has nothing to talk to. This starts a real `systemd --user` in namespaces of its own (mounts: its
# own /run and home, a cgroup2 tree beside the machine's; processes: when this script ends in whatever way, so does everything in it), runs
# COMMAND with `systemctl --user` working against it, and ends it again. It is of root, and has as $XDG_RUNTIME_DIR /run itself: so the
# directories of a unit of the system are where they would be. The machine's own units are not in it, for some of them change the machine (its
# /tmp is emptied, its kernel is set up). Units go into /run/units. Exits with COMMAND's code; 125: there is no systemd to be had here.
set -euo pipefail
if [ "${1:-}" != --inside ]; then
	[ $# -gt 0 ] || { sed -n '2,9p' "$0" >&2; exit 2; }
	exec unshare --mount --pid --fork --kill-child --propagation private bash "$0" --inside "$@"
fi
shift

mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
umount --lazy /sys/fs/cgroup/* 2>/dev/null || true
umount --lazy /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup || exit 125
own=$(mktemp --directory /sys/fs/cgroup/with-systemd.XXXXXX)
echo $$ >"$own/cgroup.procs"

# A home of its own: nothing of root's is read or written.
mkdir -p /run/units /run/home /run/systemd/system
export HOME=/run/home XDG_RUNTIME_DIR=/run DBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus
echo '[Unit]' | tee /run/units/basic.target >/run/units/shutdown.target

dbus-daemon --session --address="$DBUS_SESSION_BUS_ADDRESS" --fork
env --ignore-environment PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$HOME" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" SYSTEMD_UNIT_PATH=/run/units \
	/lib/systemd/systemd --user --unit=basic.target >/run/systemd.log 2>&1 &
manager=$!
finish() {
	# By its own tree, to the last process: there are no units by which the manager would end itself.
	echo $$ >/sys/fs/cgroup/cgroup.procs
	echo 1 >"$own/cgroup.kill"
	wait "$manager" 2>/dev/null || true
	for _ in $(seq 100); do
		find "$own" -depth -type d -exec rmdir {} + 2>/dev/null && break
		sleep 0.02
	done
}
trap finish EXIT

for _ in $(seq 100); do
	systemctl --user is-active --quiet basic.target 2>/dev/null && break
	sleep 0.1
done
systemctl --user is-active --quiet basic.target || { cat /run/systemd.log >&2; exit 125; }
# As that of a system's manager, or units of other users could not tell it anything.
chmod 777 /run/systemd/notify
code=0
"$@" || code=$?
exit "$code"
