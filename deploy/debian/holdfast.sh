#!/bin/sh
# The holdfast command of the Debian package. root and the user holdfast work with the settings and data of the services;
# whoever cannot read the settings has an installation of their own, or speaks to a server (`holdfast login`).
settings=/etc/holdfast/holdfast.env
if [ -r "$settings" ]; then
  while IFS='=' read -r name value || [ -n "$name" ]; do
    case $name in
      *[!A-Z0-9_]* | '') continue ;;
      HOLDFAST_*) ;;
      *) continue ;;
    esac
    # What the caller has set wins. A pair of quotes is taken off, as systemd does.
    if eval "[ -n \"\${$name+set}\" ]"; then continue; fi
    case $value in
      \"*\" | \'*\') value=${value#?} value=${value%?} ;;
    esac
    eval "$name=\$value"
    export "${name?}"
  done <"$settings"
  export HOLDFAST_DATA="${HOLDFAST_DATA:-/var/lib/holdfast}"
fi
# Compiled by root when the package was installed; a user whom it is not meant for starts without, as root alone may write
# there.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE-/var/cache/holdfast/compile}"
# Root must not run or follow what another user may write, and the database's programs lie in the data directory: the
# command works as the owner of the data, and of root's rights keeps only that of reading the files it is given.
data=${HOLDFAST_DATA:-}
if [ "$(id -u)" = 0 ] && [ -d "$data" ] && [ "$(stat -c %u "$data")" != 0 ]; then
  export HOME="$data"
  exec setpriv --reuid="$(stat -c %u "$data")" --regid="$(stat -c %g "$data")" --init-groups \
    --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search -- /usr/lib/holdfast/holdfast "$@"
fi
exec /usr/lib/holdfast/holdfast "$@"
