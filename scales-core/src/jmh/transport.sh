#!/bin/sh
# What a call costs on each transport: a bare client and a lean server on the same one, one event loop each.
# usage: src/jmh/transport.sh [seconds of a load [transport ...]]; io_uring needs its native library: netty-transport-native-io_uring on CLASSPATH
set -eu
cd "$(dirname "$0")/../.."
. src/jmh/classpath.sh
seconds=${1:-3}
[ $# = 0 ] || shift
mkdir -p target
for transport in ${*:-epoll io_uring nio}; do
	rm -f target/transport.stop
	mkfifo target/transport.stop
	java -Dtransport="$(echo "$transport" | tr '[:lower:]' '[:upper:]')" io.scalesrpc.benchmark.LeanEchoServer 18191 \
		<target/transport.stop >/dev/null &
	exec 3>target/transport.stop
	sleep 2
	java io.scalesrpc.benchmark.TransportCost "$transport" 18191 "$seconds"
	exec 3>&-
	wait
done
rm -f target/transport.stop
