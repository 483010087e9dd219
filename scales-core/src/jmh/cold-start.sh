#!/bin/sh
# What the first client of a JVM costs: processor and wall time in ms and classes, to build it, to connect, for the first call.
# "bare" is the floor: Netty alone, one connection, two frames.
# usage: src/jmh/cold-start.sh [JVMs] [options of the JVM]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
classpath="target/classes:target/test-classes:$(cat target/test.classpath)"
jvms=${1:-7}
[ $# = 0 ] || shift
talk=$(mktemp -d)
mkfifo "$talk/in"
java -cp "$classpath" io.scalesrpc.benchmark.LeanEchoServer 0 < "$talk/in" > "$talk/out" &
exec 3> "$talk/in"
trap 'exec 3>&-; rm -r "$talk"' EXIT
until grep -q READY "$talk/out"; do sleep 0.2; done
port=$(sed -n 's/READY //p' "$talk/out")
for mode in plain prepared warm bare; do
	for _ in $(seq "$jvms"); do java "$@" -cp "$classpath" io.scalesrpc.benchmark.ColdStart "$port" "$mode"; done
done
