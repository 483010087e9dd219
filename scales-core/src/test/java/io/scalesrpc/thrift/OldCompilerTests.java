package io.scalesrpc.thrift;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Classes that older compilers made, in jars that others published and of our own IDL.
 */
class OldCompilerTests {

	static Stream<OldCompiler> compilers() {
		return Stream.of(
				new OldCompiler("0.14.1", OldCompiler.LIBRARIES.resolve("0.14.1/bin/thrift"), OldCompiler.PEER),
				new OldCompiler("0.17.0", Path.of("/usr/bin/thrift"), OldCompiler.PEER));
	}

	@ParameterizedTest
	@MethodSource("compilers")
	void theirClassesMakeTheSameBytes(OldCompiler compiler, @TempDir Path folder) throws Exception {
		assumeThat(compiler.isThere()).isTrue();
		ThriftService now = ThriftService.of(PeerService.class);
		ThriftService then = ThriftService.of(compiler.compile(folder).loadClass(PeerService.class.getName()));
		assertThat(then.iface()).isNotEqualTo(now.iface());
		assertThat(then.methods()).extracting(ThriftMethod::name)
			.containsExactlyElementsOf(now.methods().stream().map(ThriftMethod::name).toList());
		for (ThriftEncoding encoding : ThriftEncoding.values()) {
			ThriftCodec codec = ThriftCodec.of(encoding);
			byte[] reply = bytes(ThriftLoop.of(codec, new EchoPeer()).reply("big", Samples.big(20)));
			assertThat(encodedAgain(then, reply, codec)).isEqualTo(encodedAgain(now, reply, codec));
		}
	}

	/** The call with what a reply has. */
	private static byte[] encodedAgain(ThriftService service, byte[] reply, ThriftCodec codec) {
		ThriftMethod big = method(service, "big");
		ThriftReply read = big.readReply(Unpooled.wrappedBuffer(reply), ThriftLoop.SEQUENCE, codec);
		return big.callBytes(1, new Object[] { ((ThriftReply.Value) read).value() }, codec);
	}

	@ParameterizedTest
	@MethodSource("compilers")
	void theirHandlersAreServed(OldCompiler compiler, @TempDir Path folder) throws Exception {
		assumeThat(compiler.isThere()).isTrue();
		ClassLoader loader = compiler.compile(folder);
		Exception declared = (Exception) loader.loadClass("io.scalesrpc.test.peer.PeerException")
			.getConstructor(int.class, String.class)
			.newInstance(3, "why");
		ThriftLoop then = loop(loader.loadClass(PeerService.class.getName()), (proxy, method, arguments) -> {
			if (method.getName().equals("fail")) {
				throw declared;
			}
			return method.getName().equals("add") ? 7 : (arguments != null) ? arguments[0] : null;
		});
		ThriftLoop now = ThriftLoop.of(then.codec(), new EchoPeer());
		assertThat(then.value("add", 3, 4)).isEqualTo(7);
		assertThat(then.call("fail", 3, "why")).isEqualTo(new ThriftReply.Declared(declared));
		assertThat(bytes(then.reply("fail", 3, "why"))).isEqualTo(bytes(now.reply("fail", 3, "why")));
		assertThat(bytes(then.reply("echo", "\u20ac"))).isEqualTo(bytes(now.reply("echo", "\u20ac")));
		assertThat(then.value("echoBytes", Samples.bytes("bytes"))).isEqualTo(Samples.bytes("bytes"));
		assertThat(then.call("ping")).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(then.reply("fire", "away").readableBytes()).isZero();
	}

	/**
	 * Maven Central has no compiler after 0.23. Of what 0.25.0 writes, built from
	 * Apache's sources, there are the sums; its first lines have the version.
	 */
	@ParameterizedTest
	@CsvSource({ "Amount, 24db64711d7e185c7944109368943aa1a36bbf9812be3fa2925021b1652fcba4",
			"Item, b42a5b7b3d385e2cdf118e221866f0d4516ebed41e94eed2a31b7cbe7dfcb865",
			"Pair, 3b54338b496931b77c03a27c3ad6656407155bdd806e40d4e7cffaabe2649ce0",
			"Refused, d95e601d0e3c01aa7487960bcc1f819fabd83fa9063ed29a445ac4d22d5c01a2",
			"Shade, ca2faab49005724eabf60a5f3a3ff0797310da70d5757323ff404eb642b293b9",
			"Value, 1c5454728068faa158271a81d12763c3df07240fa1e78ae8c82eb020f56cf279",
			"ValueService, 5a8d0aa15474530316a96509345e8aef540ab6b4005ca869d9f8a38216d70bd2" })
	void theNewestCompilerWritesWhatThatOfThisBuildDoes(String name, String sum) throws Exception {
		Path source = Path.of("target/generated-test-sources/thrift/io/scalesrpc/test/values", name + ".java");
		String text = Files.readString(source);
		assertThat(text).contains("Thrift Compiler (0.23.0)");
		byte[] newest = text.replace("Thrift Compiler (0.23.0)", "Thrift Compiler (0.25.0)")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(newest))).isEqualTo(sum);
	}

	/** Of Cassandra by 0.9.1, of Hive by 0.9.3 and 0.16.0. */
	@ParameterizedTest
	@CsvSource({ "cassandra-thrift-3.11.14, org.apache.cassandra.thrift.Cassandra, 40",
			"hive-service-rpc-2.3.9, org.apache.hive.service.rpc.thrift.TCLIService, 20",
			"hive-service-rpc-4.0.0, org.apache.hive.service.rpc.thrift.TCLIService, 20" })
	void everyMethodOfPublishedJarsCanBeCalled(String jar, String name, int methods) throws Exception {
		ClassLoader loader = new OldCompiler.OwnFirst(OldCompiler.LIBRARIES.resolve(jar + ".jar"));
		List<@Nullable Object> received = new ArrayList<>();
		ThriftLoop loop = loop(loader.loadClass(name), (proxy, method, arguments) -> {
			received.addAll((arguments != null) ? Arrays.asList(arguments) : List.of());
			return null;
		});
		assertThat(loop.service().methods()).hasSizeGreaterThan(methods);
		for (ThriftMethod method : loop.service().methods()) {
			GeneratedStruct parameters = (GeneratedStruct) method.function().arguments();
			@Nullable Object[] arguments = parameters.values(FilledStructs.fill(parameters.create(new Object[0]), 0));
			received.clear();
			loop.answer(loop.request(method.name(), arguments)).release();
			assertThat(received).as(method.toString()).containsExactly(arguments);
		}
	}

	private static ThriftLoop loop(Class<?> service, InvocationHandler handler) {
		ThriftCodec codec = ThriftCodec.of(ThriftEncoding.COMPACT);
		Class<?> iface = ThriftService.of(service).iface();
		Object proxy = Proxy.newProxyInstance(iface.getClassLoader(), new Class<?>[] { iface }, handler);
		return new ThriftLoop(codec, ThriftService.of(service),
				ThriftRequestHandler.builder(codec).service(null, service, proxy).build());
	}

	private static ThriftMethod method(ThriftService service, String name) {
		ThriftMethod method = service.method(name);
		assertThat(method).isNotNull();
		return method;
	}

	private static byte[] bytes(ByteBuf buffer) {
		return ByteBufUtil.getBytes(buffer);
	}

}
