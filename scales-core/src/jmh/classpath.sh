# For the scripts beside this one, which stand in scales-core: compiles what they run, and sets CLASSPATH unless it is set.
if [ -z "${CLASSPATH:-}" ]; then
	mvn -q -f .. -Pjmh -pl scales-core -DskipTests test-compile
	mvn -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
	CLASSPATH="target/classes:target/test-classes:$(cat target/test.classpath)"
	export CLASSPATH
fi
