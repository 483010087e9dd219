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

	private final AtomicLong number = new AtomicLong();

	EchoTarget(FinagleCalls calls) {
		this.calls = calls;
	}

	@Override
	public void call(Consumer<Throwable> ended) {
		String text = "sixteen bytes..." + ((this.number.incrementAndGet() % 2 == 0) ? "" : "!");
		try {
			this.calls.echo(text).respond((answer) -> {
				ended.accept(failure(text, answer));
				return BoxedUnit.UNIT;
			});
		}
		catch (TException ex) {
			ended.accept(ex);
		}
	}

	private static Throwable failure(String text, Try<String> answer) {
		if (answer.isThrow()) {
			return answer.throwable();
		}
		return text.equals(answer.apply()) ? null : new IllegalStateException("the answer of another call");
	}

}
