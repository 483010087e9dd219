#!/bin/sh
# Records a second through Scales beside a plain KafkaProducer, with the same settings, to real brokers in the same JVM.
# usage: src/jmh/kafka.sh [records] [rounds] [bytes] [unacknowledged] [brokers]
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
exec java -Xmx2g -cp "target/classes:target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.benchmark.KafkaThroughput "${1:-300000}" "${2:-5}" "${3:-1000}" "${4:-5000}" "${5:-1}"
