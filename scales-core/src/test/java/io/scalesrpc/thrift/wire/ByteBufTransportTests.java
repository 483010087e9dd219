package io.scalesrpc.thrift.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.scalesrpc.thrift.AllocationMeter;
import io.scalesrpc.thrift.EchoPeer;
import io.scalesrpc.thrift.Samples;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftLoop;
import io.scalesrpc.thrift.ThriftReply;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.transport.TTransportException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ByteBufTransportTests {

	private static final int LIMIT = 100;

	private final ByteBufTransport transport = transport();

	@Test
	void aBufferWithAnArrayIsReadInPlace() throws TException {
		byte[] array = new byte[20];
		ByteBuf slice = Unpooled.wrappedBuffer(array, 5, 10).skipBytes(2);
		this.transport.bindForReading(slice);
		assertThat(this.transport.getBuffer()).isSameAs(array);
		assertThat(this.transport.getBufferPosition()).isEqualTo(7);
		assertThat(this.transport.getBytesRemainingInBuffer()).isEqualTo(8);
		this.transport.consumeBuffer(3);
		assertThat(this.transport.getBufferPosition()).isEqualTo(10);
		assertThat(slice.isReadable()).isFalse();
		assertThat(this.transport.unread()).isEqualTo(5);
	}

	@Test
	void aShortMessageWithoutAnArrayIsCopiedIntoOne() throws TException {
		ByteBuf direct = Unpooled.directBuffer(8).writeLong(42);
		this.transport.bindForReading(direct);
		assertThat(direct.isReadable()).isFalse();
		direct.setLong(0, 7).release();
		assertThat(this.transport.getBytesRemainingInBuffer()).isEqualTo(8);
		readsFortyTwo();
	}

	@Test
	void aLongMessageWithoutAnArrayIsReadFromTheBuffer() throws TException {
		ByteBufTransport large = new ByteBufTransport(new TConfiguration(1 << 20, 1 << 20, 64));
		ByteBuf direct = Unpooled.directBuffer().writeZero(100_000);
		large.bindForReading(direct);
		assertThat(large.getBytesRemainingInBuffer()).isEqualTo(-1);
		assertThat(large.read(new byte[90_000], 0, 90_000)).isEqualTo(90_000);
		assertThat(large.unread()).isEqualTo(10_000);
		direct.release();
	}

	private void readsFortyTwo() throws TException {
		byte[] read = new byte[10];
		assertThat(this.transport.read(read, 2, 8)).isEqualTo(8);
		assertThat(ByteBuffer.wrap(read, 2, 8).getLong()).isEqualTo(42);
		assertThat(this.transport.read(read, 0, 1)).isZero();
		assertThatExceptionOfType(TTransportException.class).isThrownBy(() -> this.transport.readAll(read, 0, 1));
	}

	@Test
	void textsOfEveryKindAreWrittenAsTheProtocolWritesThem() throws TException {
		for (String text : new String[] { "", "plain", "caf\u00e9", "\ud83d\ude00", "x".repeat(508),
				"x".repeat(509) }) {
			ByteBuf out = Unpooled.buffer();
			ByteBufTransport own = new ByteBufTransport(new TConfiguration(4096, 4096, 64));
			own.bindForWriting(out);
			GuardedBinaryProtocol protocol = new GuardedBinaryProtocol(own, true);
			protocol.writeString(text);
			protocol.writeI32(5);
			own.finishWriting();
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			assertThat(out.readInt()).isEqualTo(bytes.length);
			assertThat(out.readCharSequence(bytes.length, StandardCharsets.UTF_8)).isEqualTo(text);
			assertThat(out.readInt()).isEqualTo(5);
			assertThat(out.isReadable()).isFalse();
		}
	}

	@Test
	void aDeclaredSizeIsComparedWithWhatIsLeft() throws TException {
		this.transport.bindForReading(Unpooled.wrappedBuffer(new byte[10]));
		this.transport.checkReadBytesAvailable(10);
		this.transport.consumeBuffer(4);
		this.transport.checkReadBytesAvailable(6);
		for (long declared : new long[] { 7, -1, Long.MAX_VALUE }) {
			overLimit(() -> this.transport.checkReadBytesAvailable(declared));
		}
	}

	@Test
	void elementsAreCountedAllTogetherAndAnewForEachMessage() throws TException {
		for (int message = 0; message < 2; message++) {
			this.transport.bindForReading(Unpooled.wrappedBuffer(new byte[10]));
			this.transport.claim(6);
			overLimit(() -> this.transport.claim(5));
			this.transport.claim(4);
			overLimit(() -> this.transport.claim(1));
		}
	}

	@Test
	void aMessageMayBeAsLargeAsTheLimit() throws TException {
		this.transport.bindForReading(Unpooled.wrappedBuffer(new byte[LIMIT]));
		overLimit(() -> this.transport.bindForReading(Unpooled.wrappedBuffer(new byte[LIMIT + 1])));
	}

	@Test
	void whatIsWrittenCountsFromWhereTheMessageBegins() throws TException {
		ByteBuf out = Unpooled.buffer().writeZero(50);
		this.transport.bindForWriting(out);
		this.transport.write(new byte[60], 0, 60);
		assertThat(this.transport.write(ByteBuffer.allocateDirect(40))).isEqualTo(40);
		overLimit(() -> this.transport.write(new byte[1], 0, 1));
		overLimit(() -> this.transport.write(ByteBuffer.allocate(1)));
		overLimit(() -> this.transport.writeShortText("text"));
		this.transport.finishWriting();
		assertThat(out.readableBytes()).isEqualTo(150);
	}

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void everyKindOfBufferHoldsTheSameMessage(ThriftEncoding encoding) {
		ThriftLoop loop = ThriftLoop.of(encoding, new EchoPeer());
		byte[] reply = loop.reply("big", Samples.big(9)).array();
		int length = loop.reply("big", Samples.big(9)).readableBytes();
		ThriftReply expected = new ThriftReply.Value(Samples.big(9));
		for (ByteBuf buffer : new ByteBuf[] { Unpooled.directBuffer(), PooledByteBufAllocator.DEFAULT.heapBuffer(),
				PooledByteBufAllocator.DEFAULT.directBuffer() }) {
			buffer.writeInt(-1).writeBytes(reply, 0, length).skipBytes(4);
			assertThat(loop.read("big", buffer)).isEqualTo(expected);
			assertThat(buffer.refCnt()).isEqualTo(1);
			assertThat(buffer.readableBytes()).isZero();
			buffer.release();
		}
		for (int split = 0; split <= length; split++) {
			CompositeByteBuf composite = Unpooled.compositeBuffer();
			composite.addComponent(true, Unpooled.wrappedBuffer(reply, 0, split));
			composite.addComponent(true, Unpooled.wrappedBuffer(reply, split, length - split));
			assertThat(loop.read("big", composite)).as("split at %d", split).isEqualTo(expected);
			composite.release();
		}
	}

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void everyKindOfBufferTakesTheSameMessage(ThriftEncoding encoding) {
		ThriftLoop loop = ThriftLoop.of(encoding, new EchoPeer());
		ByteBuf expected = loop.request("big", Samples.big(9));
		for (ByteBuf out : new ByteBuf[] { Unpooled.directBuffer(), Unpooled.compositeBuffer() }) {
			loop.method("big")
				.writeCall(out.writeByte(1), ThriftLoop.SEQUENCE, new Object[] { Samples.big(9) }, loop.codec());
			assertThat(out.skipBytes(1)).isEqualTo(expected);
			out.release();
		}
	}

	/** The array goes back to Netty's pool as soon as the message is read. */
	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void binaryValuesDoNotPointIntoTheBuffer(ThriftEncoding encoding) {
		ThriftLoop loop = ThriftLoop.of(encoding, new EchoPeer());
		ByteBuf bytes = loop.reply("echoBytes", Samples.bytes("some bytes"));
		ByteBuf big = loop.reply("big", Samples.big(3));
		ThriftReply first = loop.read("echoBytes", bytes);
		ThriftReply second = loop.read("big", big);
		bytes.setZero(0, bytes.capacity());
		big.setZero(0, big.capacity());
		assertThat(first).isEqualTo(new ThriftReply.Value(Samples.bytes("some bytes")));
		assertThat(second).isEqualTo(new ThriftReply.Value(Samples.big(3)));
	}

	/** From an array a string needs no array of its own in between. */
	@ParameterizedTest
	@EnumSource(value = ThriftEncoding.class, names = "JSON", mode = EnumSource.Mode.EXCLUDE)
	void aStringIsCopiedOnce(ThriftEncoding encoding) {
		ThriftLoop loop = ThriftLoop.of(encoding, new EchoPeer());
		String text = "x".repeat(1_000_000);
		ByteBuf first = loop.reply("echo", text);
		ByteBuf second = first.copy();
		loop.read("echo", first);
		AllocationMeter meter = AllocationMeter.start();
		loop.read("echo", second);
		assertThat(meter.bytes()).isBetween(1_000_000L, 1_200_000L);
	}

	private static ByteBufTransport transport() {
		try {
			return new ByteBufTransport(new TConfiguration(LIMIT, LIMIT, 64));
		}
		catch (TTransportException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void overLimit(ThrowingCallable action) {
		assertThatExceptionOfType(TTransportException.class).isThrownBy(action)
			.satisfies((ex) -> assertThat(ex.getType()).isEqualTo(TTransportException.MESSAGE_SIZE_LIMIT));
	}

}
