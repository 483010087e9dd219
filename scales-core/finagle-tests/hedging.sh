#!/bin/sh
# Hedging, ours and Finagle's: one of eight members pauses for 200 ms at a twentieth of its calls.
# usage: hedging.sh [client,client], for instance
#   hedging.sh scales-round-robin,scales-round-robin-hedged
set -eu
cd "$(dirname "$0")"
both() { echo "$1,$1-hedged"; }
exec ./balancing.sh one-of-eight-pausing \
	"${1:-$(both scales-round-robin),$(both finagle-rr),$(both scales-p2c),$(both finagle-p2c),$(both scales-default)}"
