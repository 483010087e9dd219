package io.scalesrpc.thrift;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.values.ValueService;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the options of this build's compiler change, called and served. */
class CompilerOptionTests {

	private static final Path COMPILER = Path.of("target", "thrift-compiler", "bin", "thrift");

	private static final Path CALCULATOR = Path.of("src", "test", "thrift", "calculator.thrift");

	@BeforeAll
	static void needsTheCompiler() {
		assumeTrue(COMPILER.toFile().exists(), "no " + COMPILER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "beans", "private_members,fullcamel,rethrow_unhandled_exceptions", "option_type=jdk8",
			"option_type=thrift", "future_iface,unsafe_binaries,annotations_as_metadata" })
	void theBytesStay(String options, @TempDir Path folder) throws Exception {
		ClassLoader loader = new OldCompiler("", COMPILER, OldCompiler.VALUES).compile(folder,
				options + ",generated_annotations=suppress");
		ThriftService service = ThriftService.of(loader.loadClass(ValueService.class.getName()));
		assertThat(service.iface()).isNotEqualTo(ValueService.Iface.class);
		ThriftCodec codec = ThriftCodec.of(ThriftEncoding.BINARY);
		Object handler = Proxy.newProxyInstance(loader, new Class<?>[] { service.iface() },
				(proxy, method, arguments) -> arguments[0]);
		ThriftRequestHandler server = ThriftRequestHandler.builder(codec)
			.service(null, service.iface(), handler)
			.build();
		for (byte[] reply : ValueReplies.all()) {
			byte[] call = ValueReplies.encodedAgain(service, reply);
			assertThat(call).isEqualTo(ValueReplies.call(reply));
			ByteBuf answer = Unpooled.buffer();
			server.decode(Unpooled.wrappedBuffer(call)).invoke().encode(answer);
			assertThat(ByteBufUtil.getBytes(answer)).isEqualTo(reply);
		}
	}

	/** Underscores, and methods of a service in another namespace. */
	@Test
	void namesAreThoseOfTheIdl(@TempDir Path folder) throws Exception {
		ClassLoader loader = new OldCompiler("", COMPILER, CALCULATOR).compile(folder,
				"fullcamel,generated_annotations=suppress");
		ThriftService camel = ThriftService.of(loader.loadClass(Calculator.class.getName()));
		List<String> names = new ArrayList<>(camel.methods().stream().map(ThriftMethod::name).toList());
		assertThat(names).contains("store_value", "ping")
			.containsExactlyElementsOf(
					ThriftService.of(Calculator.class).methods().stream().map(ThriftMethod::name).toList());
		assertThat(camel.iface().getMethod("storeValue", double.class)).isNotNull();
		assertThat(camel.method("storeValue")).isSameAs(camel.method("store_value"));
	}

}
