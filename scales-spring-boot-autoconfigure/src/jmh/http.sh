#!/bin/sh
# RestClient on Apache HttpClient 5, Reactor Netty and Scales beside each other.
# usage: src/jmh/http.sh [calls] [threads] [rounds]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-spring-boot-autoconfigure -am -DskipTests -Dmdep.outputFile=target/test.classpath \
	-DincludeScope=test test-compile dependency:build-classpath
exec java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.benchmark.http.HttpComparison "${1:-200000}" "${2:-64}" "${3:-3}"
