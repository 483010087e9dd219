#!/bin/sh
# The balancers in virtual time: prints docs/simulation.md, the same bytes each time.
# usage: src/jmh/simulate.sh [word of a heading ...] | --check | --write
# --check: fails unless two processes print the same and docs/simulation.md is that; --write: writes it.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile >&2
mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test >&2
simulate() {
	java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" io.scalesrpc.simulation.Simulation "$@"
}
case "${1:-}" in
--check)
	simulate > target/simulation.1.md
	simulate > target/simulation.2.md
	cmp target/simulation.1.md target/simulation.2.md
	diff target/simulation.1.md ../docs/simulation.md
	;;
--write)
	simulate > target/simulation.1.md
	cp target/simulation.1.md ../docs/simulation.md
	;;
*)
	simulate "$@"
	;;
esac
