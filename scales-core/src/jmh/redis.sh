#!/bin/sh
# Scales beside plain Lettuce: GETs at 64 at a time on one connection to a real server, alternating in one process.
# usage: src/jmh/redis.sh [calls] [rounds]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
exec java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.benchmark.RedisComparison "${1:-200000}" "${2:-5}"
