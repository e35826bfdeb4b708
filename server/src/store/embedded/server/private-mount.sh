#!/bin/sh
# Runs a command in this process's private mount namespace with SOURCE also visible at TARGET:
#
#   unshare --mount private-mount.sh SOURCE TARGET COMMAND...
#
# The namespace begins as a copy of all mounts. Those that the command has no use for are let go of first: a disk that
# is unmounted elsewhere would otherwise stay in use for as long as the command runs.

set -e
source=$1
target=$2
shift 2

# Where the files lie that the command needs, without symbolic links: each is also needed where it leads to.
needed_paths() {
  for word in "$@"; do
    shift
    # What lies below TARGET is below SOURCE as well.
    case $word in "$target"/*) ;; /*) set -- "$@" "$word" ;; esac
  done
  set -- "$@" "$source" "$source"/* "$source"/*/pg_wal "$source"/*/pg_tblspc/*
  readlink -f -- "$0" /usr /lib /lib64 /bin /sbin /etc /tmp "$@" || :
}

is_needed() {
  case $1 in / | /proc | /proc/* | /sys | /sys/* | /dev | /dev/*) return 0 ;; esac
  for path in $needed; do
    case $path in "$1" | "$1"/*) return 0 ;; esac
  done
  return 1
}

# The newest mount comes last in the list, and may hide others. Blanks and the like are in octal there.
let_go() {
  set --
  while IFS=' ' read -r _ _ _ _ point _; do
    case $point in
      *\\*)
        point=$(printf '%b.' "$(printf '%s' "$point" | sed 's/\\\([0-7]\)/\\0\1/g')")
        point=${point%.}
        ;;
    esac
    is_needed "$point" || set -- "$point" "$@"
  done </proc/self/mountinfo
  [ $# -eq 0 ] || umount --lazy -- "$@" 2>/dev/null || :
}

needed=$(needed_paths "$@" 2>/dev/null)
# Paths stand in lines, and may hold blanks and stars.
IFS='
'
set -f
let_go
set +f
unset IFS
mount --bind "$source" "$target"
exec "$@"
