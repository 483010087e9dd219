package io.scalesrpc.client.proxy;

import java.io.Serial;

import io.scalesrpc.test.calculator.DivisionByZero;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeclaredExceptionsTests {

	@Test
	void aGeneratedExceptionIsCopied() {
		DivisionByZero decoded = new DivisionByZero();
		decoded.setStackTrace(new StackTraceElement[0]);
		Throwable copy = DeclaredExceptions.copyForThisThread(decoded);
		assertThat(copy).isNotSameAs(decoded).isEqualTo(decoded);
		assertThat(copy.getStackTrace()).isNotEmpty();
	}

	@Test
	void anExceptionThatTakesItsKindAsACauseIsNotCopied() {
		Chained decoded = new Chained(null);
		assertThat(DeclaredExceptions.copyForThisThread(decoded)).isSameAs(decoded);
	}

	@Test
	void anExceptionWithACauseIsNotCopied() {
		DivisionByZero decoded = new DivisionByZero();
		decoded.initCause(new IllegalStateException());
		assertThat(DeclaredExceptions.copyForThisThread(decoded)).isSameAs(decoded);
	}

	@Test
	void anExceptionWhoseCopyingFailsIsThrownItself() {
		Uncopyable decoded = new Uncopyable();
		assertThat(DeclaredExceptions.copyForThisThread(decoded)).isSameAs(decoded);
	}

	/** An exception whose constructor only looks like one that copies. */
	public static final class Chained extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		public Chained(Chained cause) {
			super(cause);
		}

	}

	/** An exception whose copy constructor fails. */
	public static final class Uncopyable extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		public Uncopyable() {
		}

		public Uncopyable(Uncopyable other) {
			throw new IllegalStateException("not copied: " + other);
		}

	}

}
