#!/bin/sh
# Runs a command in this process's private mount namespace with SOURCE also visible at TARGET:
#
#   unshare --mount private-mount.sh SOURCE TARGET COMMAND...

set -e
mount --bind "$1" "$2"
shift 2
exec "$@"
