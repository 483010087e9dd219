package io.scalesrpc.finagle.peer;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import com.twitter.finagle.Failure;
import com.twitter.finagle.FailureFlags;
import com.twitter.finagle.Service;
import com.twitter.util.Future;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;

/**
 * The peer service behind Finagle's server: the generated processor, and what a test
 * wants to go wrong in front of it. <em>Thread-safe</em>.
 */
final class PeerHandler extends Service<byte[], byte[]> {

	private final PeerAnswers answers = new PeerAnswers();

	private final PeerService.Processor processor = new PeerService.Processor(this.answers);

	private final DelayedAnswers delayed = new DelayedAnswers();

	private final Map<String, DelayedAnswers.Range> delays = new ConcurrentHashMap<>();

	private final LongAdder calls = new LongAdder();

	private volatile Mode mode = Mode.SERVE;

	PeerAnswers answers() {
		return this.answers;
	}

	void mode(Mode newMode) {
		this.mode = newMode;
	}

	/** From now on the answers of a method are delayed. */
	void delay(String method, DelayedAnswers.Range range) {
		this.delays.put(method, range);
	}

	DelayedAnswers delayed() {
		return this.delayed;
	}

	long calls() {
		return this.calls.sum();
	}

	@Override
	public Future<byte[]> apply(byte[] request) {
		this.calls.increment();
		return switch (this.mode) {
			case NACK -> Future.exception(Failure.rejected("busy"));
			case FINAL_NACK ->
				Future.exception(Failure.apply("never again", FailureFlags.NonRetryable() | FailureFlags.Rejected()));
			case ERROR -> Future.exception(new IllegalStateException("broken"));
			case MUX_ERROR -> Future.exception(new TException("broken"));
			case SERVE -> serve(request);
		};
	}

	private Future<byte[]> serve(byte[] request) {
		try {
			TBinaryProtocol in = new TBinaryProtocol(new TMemoryInputTransport(request));
			TMessage header = in.readMessageBegin();
			byte[] answer = answer(request, header);
			if (header.name.equals("sleep")) {
				PeerService.sleep_args arguments = new PeerService.sleep_args();
				arguments.read(in);
				return this.delayed.later(answer, millis(arguments.getMs()));
			}
			DelayedAnswers.Range range = this.delays.get(header.name);
			int millis = (range != null) ? range.draw() : -1;
			return (millis >= 0) ? this.delayed.later(answer, millis) : Future.value(answer);
		}
		catch (TException ex) {
			return Future.exception(ex);
		}
	}

	private byte[] answer(byte[] request, TMessage header) throws TException {
		TMemoryBuffer out = new TMemoryBuffer(256);
		try {
			this.processor.process(new TBinaryProtocol(new TMemoryInputTransport(request)), new TBinaryProtocol(out));
		}
		catch (IllegalStateException ex) {
			return undeclared(header, ex);
		}
		return Arrays.copyOf(out.getArray(), out.length());
	}

	/** What the services that Scrooge generates for Finagle answer then, word by word. */
	private static byte[] undeclared(TMessage header, Exception cause) throws TException {
		TMemoryBuffer out = new TMemoryBuffer(256);
		TBinaryProtocol protocol = new TBinaryProtocol(out);
		protocol.writeMessageBegin(new TMessage(header.name, TMessageType.EXCEPTION, header.seqid));
		new TApplicationException(TApplicationException.INTERNAL_ERROR,
				"Internal error processing " + header.name + ": '" + cause + "'")
			.write(protocol);
		return Arrays.copyOf(out.getArray(), out.length());
	}

	/**
	 * Of a large number only the last three digits count, so that every call can have a
	 * number of its own.
	 */
	private static int millis(int number) {
		return (number >= 1_000_000) ? number % 1000 : number;
	}

	/** How calls are answered. */
	enum Mode {

		/** As the service answers. */
		SERVE,

		/** Not processed, to be sent again. */
		NACK,

		/** Rejected, not to be sent again. */
		FINAL_NACK,

		/**
		 * With an exception of Thrift, which Finagle's client takes for an answer like
		 * any other.
		 */
		ERROR,

		/**
		 * With an error of mux, which Finagle's client takes for a failure of the server.
		 */
		MUX_ERROR

	}

}
