#!/bin/sh
# Runs workerd so that it dies with the process that started it, however that
# one ends: a server killed hard must not leave a port and a database held.
if command -v setpriv >/dev/null 2>&1; then
  exec setpriv --pdeathsig KILL "$FENJI_WORKERD" "$@"
fi
exec "$FENJI_WORKERD" "$@"
