#!/bin/sh
# Boots a Debian tree with its own systemd as process 1, in namespaces of its own: processes, mounts, network, cgroups,
# host name. `boot.sh TREE DIRECTORY` expects a private mount namespace. TREE is never written to: what changes lies in
# DIRECTORY/upper, and is there again at the next boot. Nothing of it is mounted where the machine sees it. With DISKS set it
# sees the disks of the machine come and go, and has the device files of loop devices.
set -e
if [ "$1" != inside ]; then
  tree=$1 directory=$2
  mount -t overlay overlay -o "lowerdir=$tree,upperdir=$directory/upper,workdir=$directory/work" "$directory/root"
  mount -t cgroup2 cgroup2 "$directory/cgroup"
  group=$directory/cgroup/$(basename "$directory")
  mkdir -p "$group"
  echo $$ >"$group/cgroup.procs"
  exec unshare --cgroup --pid --net --uts --ipc --fork --kill-child=KILL sh "$0" inside "$directory/root"
fi

root=$2
device() { mknod -m 666 "$root/dev/$1" c "$2" "$3"; }
sys=ro
[ -z "$DISKS" ] || sys=rw

mount -t tmpfs -o mode=0755,nosuid tmpfs "$root/dev"
device null 1 3
device zero 1 5
device full 1 7
device random 1 8
device urandom 1 9
device tty 5 0
if [ -n "$DISKS" ]; then
  for number in $(seq 0 31); do mknod -m 660 "$root/dev/loop$number" b 7 "$number"; done
fi
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${number%:*}" "$root/dev/${number#*:}"; done

mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
# Settings of the kernel are those of the machine, which this system must not change.
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/sys"
mount -t sysfs -o $sys,nosuid,nodev,noexec sysfs "$root/sys"
mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$root/run"

cd "$root"
mkdir run/machine
pivot_root . run/machine
umount -l /run/machine
rmdir /run/machine
exec env -i container=holdfast-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /sbin/init
