#!/bin/sh
# Scales, Finagle and bare Netty beside each other: echoes at 64 at a time on one connection.
# usage: src/jmh/compare.sh [calls] [rounds]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core,scales-core/finagle-peer -DskipTests test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
exec java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.benchmark.EchoComparison "${1:-200000}" "${2:-3}"
