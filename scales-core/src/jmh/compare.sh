#!/bin/sh
# Bare Netty, Scales in its modes and Finagle beside each other: echoes of 32 bytes on one connection to a lean server.
# usage: src/jmh/compare.sh [calls at a time] [rounds] [seconds of a round] [seconds of warming up] [free|pinned] [clients]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core,scales-core/finagle-peer -DskipTests test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
exec java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" io.scalesrpc.benchmark.EchoComparison \
	"${6:-bare,scales-event-loop,scales,finagle,bare-blocking,scales-blocking}" \
	"${1:-64}" "${2:-5}" "${3:-5}" "${4:-15}" "${5:-free}"
