#!/bin/sh
# 200 000 asynchronous calls a second offered to a pool of four connections for 4 s: how long one keeps its caller, and how late
# another client of the same event loop is. Both are to be below 50 ms beyond what a parked thread is late by.
# usage: src/jmh/overload.sh
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
exec java -Xmx512m -cp "target/classes:target/test-classes:$(cat target/test.classpath)" io.scalesrpc.benchmark.OverloadMain
