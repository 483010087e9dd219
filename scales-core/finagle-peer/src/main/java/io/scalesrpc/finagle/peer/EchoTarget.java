package io.scalesrpc.finagle.peer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import com.twitter.util.Try;
import io.scalesrpc.finagle.load.LoadTarget;
import org.apache.thrift.TException;
import scala.runtime.BoxedUnit;

/**
 * Echoes through Finagle, each with the text that it was sent with expected back.
 * <em>Thread-safe</em>.
 */
final class EchoTarget implements LoadTarget {

	private final FinagleCalls calls;

	private final String text;

	private final AtomicLong number = new AtomicLong();

	EchoTarget(FinagleCalls calls) {
		this(calls, "sixteen bytes...");
	}

	EchoTarget(FinagleCalls calls, String text) {
		this.calls = calls;
		this.text = text;
	}

	@Override
	public void call(Consumer<Throwable> ended) {
		String sent = this.text + ((this.number.incrementAndGet() % 2 == 0) ? "" : "!");
		try {
			this.calls.echo(sent).respond((answer) -> {
				ended.accept(failure(sent, answer));
				return BoxedUnit.UNIT;
			});
		}
		catch (TException ex) {
			ended.accept(ex);
		}
	}

	private static Throwable failure(String sent, Try<String> answer) {
		if (answer.isThrow()) {
			return answer.throwable();
		}
		return sent.equals(answer.apply()) ? null : new IllegalStateException("the answer of another call");
	}

}
