package io.scalesrpc.thrift.connection;

import java.nio.file.Path;

import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Through the classes of compilers old and new, and through records.
 */
@Sockets
@ParameterizedClass
@FieldSource("io.scalesrpc.thrift.connection.ValueClasses#ORIGINS")
class ValueMatrixTests extends ValueContract {

	ValueMatrixTests(String origin, @TempDir Path folder) throws Exception {
		super(ValueClasses.of(origin, folder));
	}

}
