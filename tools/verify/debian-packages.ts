/** A Debian package that tests need, found by one of the programs it brings. */
export interface DebianPackage {
  name: string
  /** Any of these, an absolute path or a name in PATH; `*` stands for one path segment. */
  programs: readonly string[]
  /** Which tests need it, and what for. */
  reason: string
}

/** Everything the tests need beyond what npm installs. */
export const DEBIAN_PACKAGES: readonly DebianPackage[] = [
  {
    name: 'chromium',
    programs: ['chromium'],
    reason: 'journeys through the web application in a real browser',
  },
  { name: 'rsync', programs: ['rsync'], reason: 'disk copies run the real program' },
  {
    name: 'postgresql',
    programs: ['/usr/lib/postgresql/*/bin/postgres'],
    reason: 'store tests run a second time on an external server; its service is never started',
  },
  { name: 'e2fsprogs', programs: ['mkfs.ext4'], reason: 'lab disks with ext4 on loop devices' },
  { name: 'xfsprogs', programs: ['mkfs.xfs'], reason: 'lab disks with XFS on loop devices' },
  { name: 'btrfs-progs', programs: ['mkfs.btrfs'], reason: 'lab disks with Btrfs on loop devices' },
  { name: 'dosfstools', programs: ['mkfs.vfat'], reason: 'lab disks without links, owners and modes' },
  {
    name: 'exfat-fuse',
    programs: ['mount.exfat-fuse'],
    reason: 'a disk whose names ignore case, whatever the kernel knows',
  },
  { name: 'exfatprogs', programs: ['mkfs.exfat'], reason: 'lab disks with exFAT' },
  { name: 'acl', programs: ['setfacl'], reason: 'copies and restores keep access control lists' },
  { name: 'attr', programs: ['setfattr'], reason: 'copies and restores keep extended attributes' },
  { name: 'mount', programs: ['losetup'], reason: 'lab disks are loop devices' },
  { name: 'fdisk', programs: ['sfdisk'], reason: 'lab disks with partitions' },
  { name: 'cryptsetup-bin', programs: ['cryptsetup'], reason: 'encrypted disks of the lab' },
  {
    name: 'smartmontools',
    programs: ['smartctl'],
    reason: 'the health of disks is read by the real program',
  },
  {
    name: 'util-linux',
    programs: ['setpriv'],
    reason: 'the embedded database runs as a user without rights',
  },
  {
    name: 'curl',
    programs: ['curl'],
    reason: 'the requests of the scripts for Windows are sent by the real program',
  },
  { name: 'openssl', programs: ['openssl'], reason: 'certificates for mail servers of the lab' },
  { name: 'procps', programs: ['pgrep'], reason: 'finding the children of a worker that is to be killed' },
  {
    name: 'prometheus',
    programs: ['promtool'],
    reason: 'alert rules are checked and metrics scraped by the real program; its service is never started',
  },
  { name: 'openssh-client', programs: ['ssh'], reason: 'transfers over SSH' },
  {
    name: 'influxdb',
    programs: ['influxd'],
    reason: 'copies between real InfluxDB servers of the lab; its service is never started',
  },
  {
    name: 'victoria-metrics',
    programs: ['victoria-metrics'],
    reason: 'copies into a real VictoriaMetrics of the lab; its service is never started',
  },
  {
    name: 'debootstrap',
    programs: ['debootstrap'],
    reason: 'the Debian package is installed in a fresh Debian',
  },
  { name: 'sudo', programs: ['visudo'], reason: 'the sudo rules of the worker are checked' },
  { name: 'systemd', programs: ['systemd-analyze'], reason: 'the units are checked' },
  { name: 'udev', programs: ['udevadm'], reason: 'a disk that is plugged in starts a job' },
]
