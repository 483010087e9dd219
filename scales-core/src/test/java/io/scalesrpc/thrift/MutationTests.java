package io.scalesrpc.thrift;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.calculator.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies and requests of every type, damaged in every way: the decoder may say what is
 * wrong or read something else, but not fail otherwise or allocate without need.
 */
class MutationTests {

	private static final long SEED = 20261121;

	private static final int ROUNDS = 4000;

	private static final int[] EXTREMES = { 0, 1, 0x7f, 0x80, 0xff, '"', '[', '{', '}', 0x0f, 0xf9 };

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void damagedMessagesAreReadOrRefused(ThriftEncoding encoding) {
		List<Exchange> exchanges = exchanges(encoding);
		Random random = new Random(SEED);
		int refused = 0;
		long most = 0;
		for (int i = 0; i < ROUNDS; i++) {
			Exchange exchange = exchanges.get(random.nextInt(exchanges.size()));
			byte[] damaged = damage(exchange.message(), random);
			AllocationMeter meter = AllocationMeter.start();
			refused += (exchange.isReadable(damaged, i)) ? 0 : 1;
			// The first rounds also load classes.
			most = (i > ROUNDS / 10) ? Math.max(most, meter.bytes()) : 0;
		}
		assertThat(refused).isBetween(ROUNDS / 10, ROUNDS * 99 / 100);
		assertThat(most).isLessThan(300_000);
	}

	private static List<Exchange> exchanges(ThriftEncoding encoding) {
		ThriftLoop calculator = ThriftLoop.of(encoding, new EchoCalculator());
		ThriftLoop peer = ThriftLoop.of(encoding, new EchoPeer() {
			@Override
			public int sleep(int millis) {
				throw new UnsupportedOperationException();
			}
		});
		List<Exchange> exchanges = new ArrayList<>();
		exchanges.add(Exchange.of(calculator, "everything", Samples.everything()));
		exchanges.add(Exchange.of(calculator, "node", Samples.chain(5)));
		exchanges.add(Exchange.of(calculator, "numbers", List.of(1L, 2L, 1L << 40), 3));
		exchanges.add(Exchange.of(calculator, "operation", Operation.ADD));
		exchanges.add(Exchange.of(calculator, "divide", 1, 0));
		exchanges.add(Exchange.of(calculator, "ping"));
		exchanges.add(Exchange.of(peer, "big", Samples.big(3)));
		exchanges.add(Exchange.of(peer, "echoBytes", Samples.bytes("some bytes")));
		exchanges.add(Exchange.of(peer, "fail", 3, "why"));
		exchanges.add(Exchange.of(peer, "sleep", 3));
		exchanges.add(new Exchange(peer, "big", ByteBufUtil.getBytes(peer.request("big", Samples.big(3))), false));
		return exchanges;
	}

	private static byte[] damage(byte[] message, Random random) {
		ByteBuf bytes = Unpooled.copiedBuffer(message);
		for (int i = random.nextInt(4); i >= 0; i--) {
			bytes = damage(bytes, random);
		}
		return ByteBufUtil.getBytes(bytes);
	}

	private static ByteBuf damage(ByteBuf bytes, RandomGenerator random) {
		int length = bytes.readableBytes();
		int at = random.nextInt(Math.max(1, length));
		int end = at + random.nextInt(length - at + 1);
		return switch ((length > 0) ? random.nextInt(6) : 0) {
			case 0 -> Unpooled.copiedBuffer(bytes, Unpooled.buffer().writeByte(random.nextInt()));
			case 1 -> bytes.setByte(at, bytes.getByte(at) ^ (1 << random.nextInt(8)));
			case 2 -> bytes.setByte(at, EXTREMES[random.nextInt(EXTREMES.length)]);
			case 3 -> bytes.slice(0, at).copy();
			case 4 -> Unpooled.copiedBuffer(bytes.slice(0, at), bytes.slice(end, length - end));
			default -> Unpooled.copiedBuffer(bytes.slice(0, end), bytes.slice(at, length - at));
		};
	}

	/** A message, and who reads it. */
	private record Exchange(ThriftLoop loop, String method, byte[] message, boolean reply) {

		static Exchange of(ThriftLoop loop, String method, Object... arguments) {
			return new Exchange(loop, method, ByteBufUtil.getBytes(loop.reply(method, arguments)), true);
		}

		/** Whatever is thrown besides a {@link ThriftMessageException} fails the test. */
		boolean isReadable(byte[] damaged, int round) {
			try {
				ByteBuf in = Unpooled.wrappedBuffer(damaged);
				Object read = (this.reply) ? this.loop.read(this.method, in) : this.loop.server().decode(in);
				assertThat(read).isNotNull();
				return true;
			}
			catch (ThriftMessageException ex) {
				assertThat(ex.getMessage()).hasSizeLessThan(1000).doesNotContain("\n");
				return false;
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("round " + round + ": " + ByteBufUtil.hexDump(damaged), ex);
			}
		}

	}

}
