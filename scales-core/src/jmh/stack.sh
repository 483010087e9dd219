#!/bin/sh
# What the stack costs a call, in nanoseconds and bytes, by how much of it is switched on (JMH).
# usage: src/jmh/stack.sh [StackCost|ObservationCost|UnobservedCost [JMH options]]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile
mvn -q -Pjmh dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
classpath="target/classes:target/test-classes:$(cat target/test.classpath)"
mkdir -p target/jmh
# The benchmark once more, by the compiler that writes what JMH runs.
javac -d target/jmh -cp "$classpath" -processorpath "$(cat target/test.classpath)" \
	-processor org.openjdk.jmh.generators.BenchmarkProcessor src/jmh/java/io/scalesrpc/benchmark/StackCost.java \
	src/jmh/java/io/scalesrpc/benchmark/ObservationCost.java src/jmh/java/io/scalesrpc/benchmark/UnobservedCost.java
what=${1:-StackCost}
[ $# = 0 ] || shift
exec java -cp "target/jmh:$classpath" org.openjdk.jmh.Main "$what" -prof gc "$@"
