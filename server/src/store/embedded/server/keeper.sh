#!/bin/sh
# Keeps one PostgreSQL server alive exactly as long as somebody uses it.
#
#   keeper.sh USERS_LOCK STOP_LIMIT_S COMMAND...
#
# Descriptor 3 carries the exclusive lock "a keeper lives"; descriptor 4 the exclusive lock "a keeper or a process of the
# server lives", which the server inherits. Whoever uses the server holds USERS_LOCK shared: once we get it exclusively,
# nobody is left, and as we keep it until we end, whoever comes meanwhile waits and then starts a new server.
# Signals meant for a whole session or service must not end the keeper before its users: it ignores them.

trap '' HUP INT TERM QUIT PIPE
umask 077
users_lock=$1
stop_limit_s=$2
shift 2
exec 5<>"$users_lock" || exit 1
echo "$$" >&3

# A shell lets its background commands ignore INT and QUIT: env gives them back their default effect, so that a stop
# that comes before the server has set up its handlers works too.
env --default-signal "$@" 3>&- 5>&- &
server=$!

# The children get no lock descriptors: one that outlived a killed keeper would go on holding them. The limit on the
# wait is there to notice a server that ended by itself.
until flock -x -w 2 5 3>&- 4>&-; do
  [ $? -eq 1 ] || sleep 1 3>&- 4>&- 5>&-
  kill -0 "$server" 2>/dev/null || exit 1
done

# INT: fast shutdown. QUIT: no shutdown checkpoint, the next start recovers. Repeated, because a server that is only
# just starting may have missed it.
tenths=0
while kill -0 "$server" 2>/dev/null; do
  if [ $((tenths % 10)) -eq 0 ]; then
    if [ "$tenths" -lt $((stop_limit_s * 10)) ]; then
      kill -INT "$server" 2>/dev/null
    elif [ "$tenths" -lt $((stop_limit_s * 20)) ]; then
      kill -QUIT "$server" 2>/dev/null
    else
      kill -KILL "$server" 2>/dev/null
    fi
  fi
  tenths=$((tenths + 1))
  sleep 0.1 3>&- 4>&- 5>&-
done
wait "$server"
