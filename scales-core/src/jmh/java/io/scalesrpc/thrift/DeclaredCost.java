package io.scalesrpc.thrift;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.scalesrpc.test.values.Item;
import io.scalesrpc.test.values.Shade;
import io.scalesrpc.test.values.ValueService;
import io.scalesrpc.thrift.handler.ThriftRequest;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import io.scalesrpc.thrift.handler.ThriftResponse;

/**
 * What a call costs with generated code and with an interface and records: processor time
 * and bytes of its four messages, without a connection. The two take turns in one JVM,
 * each with the other's types in the profile; of each the cheapest of its rounds is told.
 * <em>Confined to the main thread</em>.
 */
final class DeclaredCost {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final ThriftCodec CODEC = ThriftCodec.of(ThriftEncoding.BINARY);

	private static final String[] PARTS = { "write call", "read call", "handle", "write reply", "read reply" };

	private DeclaredCost() {
	}

	/**
	 * Measures.
	 * @param arguments the number of rounds and of the calls of each
	 */
	public static void main(String[] arguments) {
		int rounds = Integer.parseInt(arguments[0]);
		int calls = Integer.parseInt(arguments[1]);
		List<Side> sides = List.of(
				new Side("item  generated", ValueService.Iface.class, "item", new Object[] { generated() }),
				new Side("item  declared ", CodeFirstValues.ValueService.class, "item", new Object[] { declared() }),
				new Side("echo  generated", ValueService.Iface.class, "number", new Object[] { 1234567 }),
				new Side("echo  declared ", CodeFirstValues.ValueService.class, "number", new Object[] { 1234567 }));
		for (int i = 0; i < rounds; i++) {
			sides.forEach((side) -> side.round(calls));
		}
		sides.forEach((side) -> System.out.println(side.line()));
		for (boolean parts : new boolean[] { true }) {
			for (int i = 0; i < rounds; i++) {
				sides.forEach((side) -> side.parts(calls / 5));
			}
			sides.forEach((side) -> System.out.println(side.name + side.partLine() + (parts ? "" : " ")));
		}
	}

	private static Item generated() {
		return new Item(1L << 40, "anvil-20kg", 3, 12_999, 20.5, true, Shade.LIGHT, "leave at the door", (short) 12,
				(byte) 4, List.of("iron", "heavy"), Samples.bytes("0123456789abcdef"));
	}

	private static CodeFirstValues.Item declared() {
		return new CodeFirstValues.Item(1L << 40, "anvil-20kg", 3, 12_999, 20.5, true, CodeFirstValues.Shade.LIGHT,
				"leave at the door", (short) 12, (byte) 4, List.of("iron", "heavy"), Samples.bytes("0123456789abcdef"));
	}

	/** One of the things compared. <em>Confined to the main thread</em>. */
	private static final class Side {

		private final String name;

		private final ThriftMethod method;

		private final ThriftRequestHandler server;

		private final Object[] arguments;

		private final ByteBuf call = PooledByteBufAllocator.DEFAULT.directBuffer(512);

		private final ByteBuf reply = PooledByteBufAllocator.DEFAULT.directBuffer(512);

		private final long[] best = new long[PARTS.length];

		private long nanos = Long.MAX_VALUE;

		private long bytes = Long.MAX_VALUE;

		private Object sink = "";

		Side(String name, Class<?> iface, String method, Object[] arguments) {
			Object handler = Proxy.newProxyInstance(iface.getClassLoader(), new Class<?>[] { iface },
					(proxy, called, given) -> given[0]);
			this.name = name;
			this.method = ThriftService.of(iface).method(method);
			this.server = ThriftRequestHandler.builder(CODEC).service(null, iface, handler).build();
			this.arguments = arguments;
		}

		void round(int calls) {
			long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
			long before = THREADS.getCurrentThreadCpuTime();
			for (int i = 0; i < calls; i++) {
				this.method.writeCall(this.call.clear(), i, this.arguments, CODEC);
				this.server.decode(this.call).invoke().encode(this.reply.clear());
				this.sink = this.method.readReply(this.reply, i, CODEC);
			}
			this.nanos = Math.min(this.nanos, (THREADS.getCurrentThreadCpuTime() - before) * 1000 / calls);
			this.bytes = Math.min(this.bytes, (THREADS.getCurrentThreadAllocatedBytes() - bytesBefore) / calls);
		}

		void parts(int calls) {
			long t0 = THREADS.getCurrentThreadCpuTime();
			for (int i = 0; i < calls; i++) {
				this.method.writeCall(this.call.clear(), 1, this.arguments, CODEC);
			}
			long t1 = THREADS.getCurrentThreadCpuTime();
			for (int i = 0; i < calls; i++) {
				this.sink = this.server.decode(this.call.readerIndex(0));
			}
			ThriftRequest request = this.server.decode(this.call.readerIndex(0));
			long t2 = THREADS.getCurrentThreadCpuTime();
			for (int i = 0; i < calls; i++) {
				this.sink = request.invoke();
			}
			ThriftResponse answer = request.invoke();
			long t3 = THREADS.getCurrentThreadCpuTime();
			for (int i = 0; i < calls; i++) {
				answer.encode(this.reply.clear());
			}
			long t4 = THREADS.getCurrentThreadCpuTime();
			for (int i = 0; i < calls; i++) {
				this.sink = this.method.readReply(this.reply.readerIndex(0), 1, CODEC);
			}
			long t5 = THREADS.getCurrentThreadCpuTime();
			long[] took = { t1 - t0, t2 - t1, t3 - t2, t4 - t3, t5 - t4 };
			for (int i = 0; i < took.length; i++) {
				long each = took[i] * 1000 / calls;
				this.best[i] = (this.best[i] == 0) ? each : Math.min(each, this.best[i]);
			}
		}

		String line() {
			return String.format(Locale.ROOT, "%s %.3f us %d bytes (%s)", this.name, this.nanos / 1e6, this.bytes,
					this.sink.getClass().getSimpleName());
		}

		String partLine() {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < PARTS.length; i++) {
				line.append(String.format(Locale.ROOT, "  %s %d ns", PARTS[i], this.best[i] / 1000));
			}
			return line.toString();
		}

	}

}
