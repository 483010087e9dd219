#!/bin/sh
# What a call costs the server: a lean one, Scales' and Finagle's beside each other, echoes of 32 bytes on one connection by a bare client.
# usage: src/jmh/server.sh [calls at a time] [rounds] [seconds of a round] [seconds of warming up] [servers]
set -eu
cd "$(dirname "$0")/../.."
. src/jmh/classpath.sh
exec java io.scalesrpc.benchmark.ServerCost "${5:-lean,scales,finagle}" "${1:-64}" "${2:-5}" "${3:-4}" "${4:-10}" \
	"${FINAGLE:-finagle-peer/target/classes:$(cat finagle-peer/target/finagle-peer.classpath)}"
