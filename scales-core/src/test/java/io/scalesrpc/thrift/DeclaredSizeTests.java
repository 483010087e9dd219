package io.scalesrpc.thrift;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.apache.thrift.protocol.TType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Sizes on the wire, byte by byte, where no library writes them. */
class DeclaredSizeTests {

	private static final int COMPACT_BINARY = 0x08;

	private static final int COMPACT_LIST = 0x09;

	private final ThriftLoop binary = ThriftLoop.of(ThriftEncoding.BINARY, new EchoPeer());

	private final ThriftLoop compact = ThriftLoop.of(ThriftEncoding.COMPACT, new EchoPeer());

	private final ThriftLoop numbers = ThriftLoop.of(ThriftEncoding.COMPACT, new EchoCalculator());

	@ParameterizedTest
	@CsvSource({ "2147483647, LIMIT", "50000000, LIMIT", "41, LIMIT", "-1, MALFORMED", "-2147483648, MALFORMED" })
	void aStringLargerThanTheMessageIsRefusedBeforeItIsAllocated(int size, Fault fault) {
		for (String method : new String[] { "echo", "echoBytes" }) {
			ByteBuf reply = binaryHeader(method).writeByte(TType.STRING).writeShort(0).writeInt(size);
			refused(fault, this.binary, method, reply.writeZero(40));
		}
	}

	@Test
	void aStringThatEndsWithTheMessageIsRead() {
		ByteBuf reply = binaryHeader("echo").writeByte(TType.STRING).writeShort(0).writeInt(2);
		assertThat(this.binary.read("echo", reply.writeBytes(new byte[] { 'o', 'k', 0 })))
			.isEqualTo(new ThriftReply.Value("ok"));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 200 })
	void aBinaryContainerOfSuchASizeIsRefused(int size) {
		ByteBuf reply = binaryHeader("big").writeByte(TType.STRUCT).writeShort(0);
		refused(Fault.LIMIT, this.binary, "big",
				reply.copy().writeByte(TType.LIST).writeShort(2).writeByte(TType.STRUCT).writeInt(size).writeZero(100));
		refused(Fault.LIMIT, this.binary, "big",
				reply.copy().writeByte(TType.SET).writeShort(4).writeByte(TType.I64).writeInt(size).writeZero(100));
		refused(Fault.LIMIT, this.binary, "big",
				reply.copy()
					.writeByte(TType.MAP)
					.writeShort(5)
					.writeByte(TType.I32)
					.writeByte(TType.MAP)
					.writeInt(size)
					.writeZero(100));
	}

	@Test
	void aCompactStringLargerThanTheMessageIsRefused() {
		for (String method : new String[] { "echo", "echoBytes" }) {
			compactString(Fault.LIMIT, method, 0xff, 0xff, 0xff, 0xff, 0x07);
			compactString(Fault.LIMIT, method, 0x80, 0x01);
			compactString(Fault.MALFORMED, method, 0xff, 0xff, 0xff, 0xff, 0x0f);
			compactString(Fault.MALFORMED, method, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01);
		}
	}

	private void compactString(Fault fault, String method, int... varint) {
		ByteBuf reply = bytes(bytes(compactHeader(method), COMPACT_BINARY, 0), varint);
		refused(fault, this.compact, method, reply.writeZero(40));
	}

	@Test
	void aCompactListLargerThanTheMessageIsRefused() {
		compactList(Fault.LIMIT, 0xff, 0xff, 0xff, 0xff, 0x07);
		compactList(Fault.LIMIT, 0x80, 0x01);
		compactList(Fault.MALFORMED, 0xff, 0xff, 0xff, 0xff, 0x0f);
		compactList(Fault.MALFORMED, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
	}

	private void compactList(Fault fault, int... varint) {
		ByteBuf reply = bytes(bytes(compactHeader("numbers"), COMPACT_LIST, 0, 0xf6), varint);
		refused(fault, this.numbers, "numbers", reply.writeZero(40));
	}

	@Test
	void aNameLargerThanTheMessageIsRefused() {
		refused(Fault.LIMIT, this.binary, "echo",
				Unpooled.buffer().writeInt(0x80010002).writeInt(1 << 30).writeZero(9));
		refused(Fault.LIMIT, this.compact, "echo",
				bytes(Unpooled.buffer(), 0x82, 0x41, 1, 0xff, 0xff, 0xff, 0xff, 0x07).writeZero(9));
	}

	@Test
	void theOldUnversionedFormIsRefused() {
		ByteBuf old = Unpooled.buffer().writeInt(4);
		old.writeCharSequence("ping", StandardCharsets.US_ASCII);
		old.writeByte(2).writeInt(ThriftLoop.SEQUENCE).writeByte(0);
		refused(Fault.MALFORMED, this.binary, "ping", old);
		ByteBuf versioned = binaryHeader("ping").writeByte(0);
		assertThat(this.binary.read("ping", versioned)).isEqualTo(ThriftReply.Value.NOTHING);
	}

	@Test
	void aServerReadsTheOldUnversionedFormAndNoMoreOfItThanItHas() {
		ThriftCodec codec = ThriftCodec.of(ThriftEncoding.BINARY).forServers();
		ThriftRequestHandler server = ThriftRequestHandler.builder(codec).service(new EchoPeer()).build();
		ByteBuf old = Unpooled.buffer().writeInt(4);
		old.writeCharSequence("ping", StandardCharsets.US_ASCII);
		old.writeByte(1).writeInt(ThriftLoop.SEQUENCE).writeByte(0);
		ByteBuf answer = Unpooled.buffer();
		server.decode(old).invoke().encode(answer);
		assertThat(this.binary.read("ping", answer)).isEqualTo(ThriftReply.Value.NOTHING);
		ByteBuf hostile = Unpooled.buffer().writeInt(1 << 30).writeZero(20);
		assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> server.decode(hostile))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(Fault.LIMIT));
	}

	private static ByteBuf binaryHeader(String method) {
		ByteBuf out = Unpooled.buffer().writeInt(0x80010002).writeInt(method.length());
		out.writeCharSequence(method, StandardCharsets.US_ASCII);
		return out.writeInt(ThriftLoop.SEQUENCE);
	}

	private static ByteBuf compactHeader(String method) {
		ByteBuf out = bytes(Unpooled.buffer(), 0x82, 0x41);
		int rest = ThriftLoop.SEQUENCE;
		for (; rest > 0x7f; rest >>>= 7) {
			out.writeByte(rest | 0x80);
		}
		out.writeByte(rest).writeByte(method.length());
		out.writeCharSequence(method, StandardCharsets.US_ASCII);
		return out;
	}

	private static ByteBuf bytes(ByteBuf out, int... bytes) {
		for (int value : bytes) {
			out.writeByte(value);
		}
		return out;
	}

	private static void refused(Fault fault, ThriftLoop loop, String method, ByteBuf reply) {
		AllocationMeter meter = AllocationMeter.start();
		assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> loop.read(method, reply))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(fault));
		assertThat(meter.bytes()).isLessThan(2_000_000);
	}

}
