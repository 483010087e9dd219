package io.scalesrpc.finagle;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.scalesrpc.test.values.ValueService;
import io.scalesrpc.thrift.connection.ValueClasses;
import io.scalesrpc.thrift.connection.ValueContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of every type, through the classes of compilers old and new, of Scrooge and
 * through records, to Finagle's servers, which answer by a service of Scrooge's.
 */
class ValuesToFinagleTests {

	private static PeerProcess server;

	private static int mux;

	private static int plain;

	@BeforeAll
	static void start() {
		server = PeerProcess.start("FinagleValuesMain");
		List<String> ports = List.of(server.line().split(" "));
		mux = Integer.parseInt(ports.get(0));
		plain = Integer.parseInt(ports.get(1));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	static Stream<String> origins() {
		return Stream.concat(Stream.of("scrooge"), ValueClasses.ORIGINS.stream());
	}

	@ParameterizedTest
	@MethodSource("origins")
	void comeBackAsTheyWent(String origin, @TempDir Path folder) throws Exception {
		Class<?> service = origin.equals("scrooge") ? ScroogeClasses.of(ValueService.class.getName())
				: ValueClasses.of(origin, folder);
		ValueContract.areAnswered(service, "thriftmux", mux);
		ValueContract.areAnswered(service, "thrift", plain);
	}

	@Test
	void scroogesClassesAreNotThoseOfTheTests() throws Exception {
		Class<?> service = ScroogeClasses.of(ValueService.class.getName());
		assertThat(service).isNotEqualTo(ValueService.class);
		assertThat(service.getDeclaredClasses()).extracting(Class::getSimpleName).contains("ServiceIface");
	}

}
