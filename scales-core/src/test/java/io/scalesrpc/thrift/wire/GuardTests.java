package io.scalesrpc.thrift.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.scalesrpc.thrift.AllocationMeter;
import io.scalesrpc.thrift.EchoCalculator;
import io.scalesrpc.thrift.EchoPeer;
import io.scalesrpc.thrift.RawMessage;
import io.scalesrpc.thrift.Samples;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftLoop;
import io.scalesrpc.thrift.ThriftMessageException;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import io.scalesrpc.thrift.ThriftReply;
import io.scalesrpc.thrift.handler.RefusedRequest;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Replies that a hostile or broken server may send. */
@ParameterizedClass
@EnumSource(ThriftEncoding.class)
class GuardTests {

	private static final int[] TOO_MANY = { Integer.MAX_VALUE, 50_000_000, 1_000_000, 2_000 };

	private final ThriftEncoding encoding;

	private final ThriftLoop calculator;

	private final ThriftLoop peer;

	GuardTests(ThriftEncoding encoding) {
		this.encoding = encoding;
		this.calculator = ThriftLoop.of(encoding, new EchoCalculator());
		this.peer = ThriftLoop.of(encoding, new EchoPeer());
	}

	@Test
	void aListSetOrMapLargerThanTheMessageIsRefused() {
		for (int size : TOO_MANY) {
			refused(size, "numbers", 0, TType.LIST, (out) -> out.writeListBegin(new TList(TType.I64, size)));
			refusedInBig(size, 2, TType.LIST, (out) -> out.writeListBegin(new TList(TType.STRUCT, size)));
			refusedInBig(size, 4, TType.SET, (out) -> out.writeSetBegin(new TSet(TType.I64, size)));
			refusedInBig(size, 5, TType.MAP, (out) -> out.writeMapBegin(new TMap(TType.I32, TType.MAP, size)));
		}
	}

	@Test
	void aSkippedContainerLargerThanTheMessageIsRefused() {
		for (int size : TOO_MANY) {
			refusedInBig(size, 99, TType.LIST, (out) -> out.writeListBegin(new TList(TType.UUID, size)));
			refusedInBig(size, 99, TType.MAP, (out) -> out.writeMapBegin(new TMap(TType.BOOL, TType.BOOL, size)));
		}
	}

	/** Each list claims fewer elements than there are bytes, all together more. */
	@Test
	void listsWithinListsCannotClaimTheSameBytesAgain() {
		int bytes = 200_000;
		ByteBuf reply = RawMessage.reply(this.encoding, "node",
				(out) -> RawMessage.field(out, TType.STRUCT, 0, (node) -> nested(node, 50, bytes / 2)));
		ByteBuf padded = Unpooled.buffer().writeBytes(reply).writeZero(bytes);
		AllocationMeter meter = AllocationMeter.start();
		rejected(Fault.LIMIT, this.calculator, "node", padded);
		assertThat(meter.bytes()).isLessThan(10L * bytes);
	}

	private static void nested(TProtocol out, int depth, int size) throws TException {
		if (depth > 0) {
			RawMessage.struct(out, (node) -> RawMessage.field(node, TType.LIST, 3, (list) -> {
				list.writeListBegin(new TList(TType.STRUCT, size));
				nested(list, depth - 1, size);
				list.writeListEnd();
			}));
		}
	}

	@Test
	void structsAreReadDownToTheDepthLimitAndNoDeeper() {
		ThriftCodec three = new ThriftCodec(this.encoding, 10_000, 3);
		ThriftLoop shallow = ThriftLoop.of(three, new EchoCalculator());
		assertThat(shallow.value("node", Samples.chain(2))).isEqualTo(Samples.chain(2));
		rejected(Fault.LIMIT, shallow, "node", this.calculator.reply("node", Samples.chain(3)));
		assertThat(shallow.server().decode(this.calculator.request("node", Samples.chain(3))))
			.isInstanceOfSatisfying(RefusedRequest.class, (request) -> assertThat(request.why()).contains("depth"));
	}

	@Test
	void skippedStructsHaveADepthLimitToo() {
		assertThat(this.calculator.read("truth", skipped(40))).isEqualTo(new ThriftReply.Value(true));
		rejected(Fault.LIMIT, this.calculator, "truth", skipped(70));
	}

	private ByteBuf skipped(int depth) {
		return RawMessage.reply(this.encoding, "truth", (out) -> {
			RawMessage.field(out, TType.STRUCT, 9, (value) -> Samples.chain(depth).write(value));
			RawMessage.field(out, TType.BOOL, 0, (value) -> value.writeBool(true));
		});
	}

	@Test
	void theGreatestDepthFitsTheStack() {
		ThriftCodec deepest = new ThriftCodec(this.encoding, 1_000_000, 512);
		ThriftLoop loop = ThriftLoop.of(deepest, new EchoCalculator());
		assertThat(loop.read("node", loop.reply("node", Samples.chain(511)))).isInstanceOf(ThriftReply.Value.class);
	}

	@Test
	void aMessageOverTheLimitIsNeitherWrittenNorRead() {
		int size = this.peer.reply("echo", "x".repeat(1000)).readableBytes();
		ThriftLoop exact = ThriftLoop.of(new ThriftCodec(this.encoding, size, 64), new EchoPeer());
		assertThat(exact.value("echo", "x".repeat(1000))).isEqualTo("x".repeat(1000));
		ThriftLoop small = ThriftLoop.of(new ThriftCodec(this.encoding, size - 1, 64), new EchoPeer());
		rejected(Fault.LIMIT, small, "echo", this.peer.reply("echo", "x".repeat(1000)));
		ByteBuf out = Unpooled.buffer().writeInt(42);
		assertThatExceptionOfType(ThriftMessageException.class)
			.isThrownBy(() -> small.method("echo").writeCall(out, 1, new Object[] { "x".repeat(2000) }, small.codec()))
			.withMessageContaining("expected: at most " + (size - 1))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(Fault.LIMIT));
		assertThat(out.readableBytes()).isEqualTo(4);
	}

	@Test
	void bytesAfterTheMessageAreRefused() {
		rejected(Fault.TRAILING_BYTES, this.peer, "add", this.peer.reply("add", 1, 2).writeByte(' '));
		ByteBuf twice = this.peer.reply("add", 1, 2);
		rejected(Fault.TRAILING_BYTES, this.peer, "add", twice.writeBytes(twice.copy()));
	}

	@Test
	void everyTruncatedMessageIsRefused() {
		ByteBuf whole = this.peer.reply("big", Samples.big(2));
		for (int length = 1; length < whole.readableBytes(); length++) {
			ByteBuf part = whole.slice(0, length);
			assertThatExceptionOfType(ThriftMessageException.class).as("length %d", length)
				.isThrownBy(() -> this.peer.read("big", part))
				.satisfies((ex) -> assertThat(ex.fault()).isIn(Fault.MALFORMED, Fault.LIMIT));
		}
		rejected(Fault.EMPTY, this.peer, "big", Unpooled.EMPTY_BUFFER);
	}

	@Test
	void aReplyToAnotherMethodOrCallIsRefusedEvenIfItIsAnException() {
		rejected(Fault.WRONG_METHOD, this.calculator, "fetch", this.calculator.reply("fetchAsync", 1L));
		rejected(Fault.WRONG_METHOD, this.calculator, "fetch", exception("fetchAsync", ThriftLoop.SEQUENCE));
		rejected(Fault.WRONG_SEQUENCE, this.calculator, "fetch", exception("fetch", ThriftLoop.SEQUENCE + 1));
		assertThat(this.calculator.read("fetch", exception("fetch", ThriftLoop.SEQUENCE)))
			.isInstanceOf(ThriftReply.Refused.class);
		ByteBuf other = Unpooled.buffer();
		this.calculator.method("fetch").writeCall(other, 9, new Object[] { 1L }, this.calculator.codec());
		rejected(Fault.WRONG_SEQUENCE, this.calculator, "fetch", this.calculator.answer(other));
	}

	@Test
	void aCallWhereAReplyIsDueIsRefused() {
		rejected(Fault.WRONG_TYPE, this.calculator, "fetch", this.calculator.request("fetch", 1L));
		rejected(Fault.WRONG_TYPE, this.calculator, "forget", this.calculator.request("forget", "it", true));
	}

	@Test
	void aReplyInAnotherEncodingIsRefused() {
		for (ThriftEncoding other : ThriftEncoding.values()) {
			if (other != this.encoding) {
				rejected(Fault.MALFORMED, this.peer, "add", ThriftLoop.of(other, new EchoPeer()).reply("add", 1, 2));
			}
		}
	}

	@Test
	void anErrorLeavesTheDecoderAsItIs() {
		OutOfMemoryError error = new OutOfMemoryError("test");
		ByteBuf buffer = new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, 16, 16) {
			@Override
			public boolean hasArray() {
				throw error;
			}
		};
		assertThatExceptionOfType(OutOfMemoryError.class)
			.isThrownBy(() -> this.calculator.read("fetch", buffer.writeZero(16)))
			.isSameAs(error);
	}

	private ByteBuf exception(String method, int sequenceId) {
		return RawMessage.message(this.encoding, new TMessage(method, TMessageType.EXCEPTION, sequenceId),
				(out) -> new TApplicationException(TApplicationException.INTERNAL_ERROR, "oops").write(out));
	}

	private void refusedInBig(int size, int field, byte type, RawMessage.Part container) {
		refused(size, "big", 0, TType.STRUCT, (out) -> {
			out.writeStructBegin(null);
			RawMessage.field(out, type, field, container);
		});
	}

	private void refused(int size, String method, int field, byte type, RawMessage.Part value) {
		ThriftLoop loop = (method.equals("big")) ? this.peer : this.calculator;
		ByteBuf reply = RawMessage.reply(this.encoding, method, (out) -> RawMessage.field(out, type, field, value));
		AllocationMeter meter = AllocationMeter.start();
		assertThatExceptionOfType(ThriftMessageException.class).as("size %d", size)
			.isThrownBy(() -> loop.read(method, reply))
			.satisfies((ex) -> assertThat(ex.fault()).isIn(Fault.LIMIT, Fault.MALFORMED));
		assertThat(meter.bytes()).isLessThan(1_000_000);
	}

	private static void rejected(Fault expected, ThriftLoop loop, String method, ByteBuf reply) {
		assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> loop.read(method, reply))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(expected));
	}

}
