package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.values.Amount;
import io.scalesrpc.test.values.Pair;
import io.scalesrpc.test.values.Shade;
import io.scalesrpc.test.values.Value;
import io.scalesrpc.test.values.ValueService;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Replies of {@code echo} with 40 values: what libthrift itself writes of the classes of
 * this build's compiler. <em>Thread-safe</em>.
 */
public final class ValueReplies {

	private static final ThriftCodec CODEC = ThriftCodec.of(ThriftEncoding.BINARY);

	private static final int HEAD_BYTES = 16;

	private ValueReplies() {
	}

	public static List<Value> values() {
		List<Value> values = new ArrayList<>(List.of(new Value(), new Value().setFlag(true), new Value().setFlag(false),
				new Value().setTiny(Byte.MIN_VALUE), new Value().setTiny(Byte.MAX_VALUE),
				new Value().setSmall(Short.MIN_VALUE), new Value().setSmall(Short.MAX_VALUE),
				new Value().setMedium(Integer.MIN_VALUE), new Value().setMedium(Integer.MAX_VALUE),
				new Value().setLarge(Long.MIN_VALUE), new Value().setLarge(Long.MAX_VALUE), new Value().setLarge(0),
				new Value().setReal(Double.NaN), new Value().setReal(-0.0), new Value().setReal(Double.MIN_VALUE),
				new Value().setReal(Double.NEGATIVE_INFINITY), new Value().setReal(Double.MAX_VALUE),
				new Value().setText(""), new Value().setText("\u00e4\u20ac\ud83d\ude00\u0000\"\\"),
				new Value().setText("x".repeat(3000)), new Value().setBytes(new byte[0]),
				new Value().setBytes(new byte[] { 0, -1, 127, -128 }), new Value().setShade(Shade.LIGHT),
				new Value().setShade(Shade.BRIGHT), new Value().setAmount(Amount.whole(Long.MIN_VALUE)),
				new Value().setAmount(Amount.fraction(Double.NaN)), new Value().setAmount(Amount.text("")),
				new Value().setAmount(Amount.parts(List.of())), new Value().setAmount(Amount.parts(List.of(1L, -1L))),
				new Value().setAmount(Amount.pair(new Pair())), new Value().setPair(new Pair()),
				new Value().setPair(new Pair().setLeft("l").setMore(List.of(new Pair().setRight(7), new Pair()))),
				new Value().setNumbers(List.of()), new Value().setNumbers(List.of(Long.MAX_VALUE, 0L)),
				new Value().setWords(Set.of()).setCounts(Map.of()).setNested(Map.of()).setBlobs(List.of()),
				new Value().setWords(new LinkedHashSet<>(List.of("a", "b", "c")))
					.setCounts(ordered("two", 2, "one", 1)),
				new Value().setNested(ordered(1, Map.of(), 2, Map.of("x", List.of(Amount.whole(1), Amount.text("t"))))),
				new Value().setBlobs(List.of(List.of(), List.of(ByteBuffer.wrap(new byte[] { 1 })))),
				new Value().setShades(Map.of(Shade.DARK, true))));
		Value all = new Value().setFlag(true).setTiny((byte) 1).setSmall((short) 2).setMedium(3).setLarge(4).setReal(5);
		values.add(all.setText("6")
			.setBytes(new byte[] { 7 })
			.setShade(Shade.DARK)
			.setAmount(Amount.whole(10))
			.setPair(new Pair().setRight(11))
			.setNumbers(List.of(12L))
			.setWords(Set.of("13"))
			.setCounts(Map.of("14", 14))
			.setNested(Map.of(15, Map.of("15", List.of())))
			.setBlobs(List.of(List.of()))
			.setShades(Map.of()));
		return values;
	}

	/** In the order in which a HashMap of that size would have them once it is read. */
	private static <K, V> Map<K, V> ordered(K first, V one, K second, V two) {
		Map<K, V> map = new LinkedHashMap<>();
		map.put(first, one);
		map.put(second, two);
		return map;
	}

	public static List<byte[]> all() throws TException {
		List<byte[]> replies = new ArrayList<>();
		for (Value value : values()) {
			replies.add(reply(new ValueService.echo_result().setSuccess(value)));
		}
		return replies;
	}

	/** The value 2 of the enum becomes one that nobody knows. */
	public static byte[] withUnknownShade() throws TException {
		byte[] reply = reply(new ValueService.echo_result()
			.setSuccess(new Value().setMedium(5).setShade(Shade.LIGHT).setNumbers(List.of(1L))));
		for (int i = HEAD_BYTES; i < reply.length - 7; i++) {
			if (reply[i] == 8 && reply[i + 1] == 0 && reply[i + 2] == 9 && reply[i + 6] == 2) {
				reply[i + 6] = 99;
			}
		}
		return reply;
	}

	private static byte[] reply(ValueService.echo_result result) throws TException {
		byte[] body = new TSerializer(new TBinaryProtocol.Factory()).serialize(result);
		return message(2, body);
	}

	/**
	 * The call whose argument is the value of a reply: field 1 in the place of field 0.
	 */
	public static byte[] call(byte[] reply) {
		byte[] call = reply.clone();
		call[3] = 1;
		call[HEAD_BYTES + 2] = 1;
		return call;
	}

	private static byte[] message(int type, byte[] body) {
		return ByteBuffer.allocate(HEAD_BYTES + body.length)
			.putInt(0x80010000 | type)
			.putInt(4)
			.put("echo".getBytes(StandardCharsets.US_ASCII))
			.putInt(ThriftLoop.SEQUENCE)
			.put(body)
			.array();
	}

	public static @Nullable Object value(ThriftService service, byte[] reply) {
		ThriftReply read = echo(service).readReply(Unpooled.wrappedBuffer(reply), ThriftLoop.SEQUENCE, CODEC);
		return ((ThriftReply.Value) read).value();
	}

	/** The call with what a reply has. */
	public static byte[] encodedAgain(ThriftService service, byte[] reply) {
		return encoded(service, value(service, reply));
	}

	public static byte[] encoded(ThriftService service, @Nullable Object value) {
		ByteBuf out = Unpooled.buffer();
		echo(service).writeCall(out, ThriftLoop.SEQUENCE, new Object[] { value }, CODEC);
		return ByteBufUtil.getBytes(out);
	}

	private static ThriftMethod echo(ThriftService service) {
		return Objects.requireNonNull(service.method("echo"));
	}

}
