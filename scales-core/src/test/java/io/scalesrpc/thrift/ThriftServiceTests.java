package io.scalesrpc.thrift;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Overflow;
import io.scalesrpc.test.peer.PeerBase;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.ProcessFunction;
import org.apache.thrift.TBase;
import org.apache.thrift.TBaseProcessor;
import org.apache.thrift.TException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThriftServiceTests {

	private final ThriftService service = ThriftService.of(Calculator.class);

	@Test
	void describesItselfByTheGeneratedCode() {
		assertThat(this.service.name()).isEqualTo("io.scalesrpc.test.calculator.Calculator")
			.hasToString(this.service.toString());
		assertThat(this.service.iface()).isEqualTo(Calculator.Iface.class);
		assertThat(this.service.methods()).extracting(ThriftMethod::name)
			.containsExactly("divide", "everything", "fetch", "fetchAsync", "forget", "identity", "join", "node",
					"numbers", "operation", "ping", "store_value", "truth");
	}

	@Test
	void isReadOnce() {
		ThriftService service = ThriftService.of(Calculator.class);
		assertThat(ThriftService.of(Calculator.class)).isSameAs(service);
	}

	@Test
	void describesItsMethods() {
		ThriftMethod divide = this.service.method("divide");
		assertThat(divide.service()).isEqualTo("io.scalesrpc.test.calculator.Calculator");
		assertThat(divide).hasToString("io.scalesrpc.test.calculator.Calculator.divide");
		assertThat(divide.parameterTypes()).isEqualTo(List.<Type>of(int.class, int.class));
		assertThat(divide.returnType()).isEqualTo(int.class);
		assertThat(divide.declaredExceptions()).isEqualTo(List.of(DivisionByZero.class, Overflow.class));
		assertThat(divide.oneway()).isFalse();
		assertThat(this.service.method("forget").oneway()).isTrue();
		assertThat(this.service.method("forget").returnType()).isEqualTo(void.class);
		assertThat(this.service.method("numbers").returnType().getTypeName())
			.isEqualTo("java.util.List<java.lang.Long>");
		assertThat(this.service.method("ping").declaredExceptions()).isEmpty();
	}

	@Test
	void findsMethodsByTheNameOfTheIdlOrInCamelCase() {
		assertThat(this.service.method("store_value")).isNotNull().isSameAs(this.service.method("storeValue"));
		assertThat(this.service.method("storevalue")).isNull();
		assertThat(this.service.method("Divide")).isNull();
	}

	@Test
	void anInheritedMethodBelongsToTheServiceThatIsCalled() {
		assertThat(ThriftService.of(PeerService.class).method("ping").service()).endsWith("PeerService");
		assertThat(ThriftService.of(PeerBase.class).method("ping").service()).endsWith("PeerBase");
		assertThat(ThriftService.of(PeerBase.class).method("echo")).isNull();
	}

	@Test
	void theMostSpecificOfSeveralRelatedServicesCounts() {
		class Handler extends EchoPeer implements PeerBase.Iface {

		}
		assertThat(ThriftService.of(Handler.class).name()).endsWith("PeerService");
	}

	@Test
	void codeWithoutItsStructsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(OldService.class))
			.withMessage(OldService.class.getName()
					+ ".call: without its class call_args (expected: all that one run of a Thrift compiler wrote)");
	}

	@Test
	void codeOfTwoCompilerRunsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(MixedService.class))
			.withMessage(MixedService.class.getName()
					+ ".other: not in the generated Iface (expected: code of one compiler run)");
	}

	@Test
	void aStructThatDoesNotFitIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(GoneService.class))
			.withMessageStartingWith(GoneService.class.getName() + "$call_args: its code does not fit libthrift ")
			.withMessageContaining(", java.lang.NoSuchMethodError: org.apache.thrift.Gone.gone() (expected: ");
	}

	/** What the generated code of a method without arguments has. */
	@SuppressWarnings({ "rawtypes", "serial" })
	private static final class Function<I> extends ProcessFunction<I, TBase, TBase> {

		Function(String name) {
			super(name);
		}

		@Override
		public boolean isOneway() {
			return false;
		}

		@Override
		public TBase getResult(I handler, TBase arguments) throws TException {
			throw new TException("not called");
		}

		@Override
		public TBase getEmptyArgsInstance() {
			return new PeerBase.ping_args();
		}

		@Override
		public TBase getEmptyResultInstance() {
			if (getMethodName().equals("call")) {
				// As the JVM says it of a class without this method.
				throw new AbstractMethodError("getEmptyResultInstance");
			}
			return new PeerBase.ping_result();
		}

	}

	static final class OldService {

		interface Iface {

			void call();

		}

		public static final class Processor extends TBaseProcessor<Iface> {

			public Processor(Iface handler) {
				super(handler, Map.of("call", new Function<>("call")));
			}

		}

	}

	static final class MixedService {

		interface Iface {

			void call();

		}

		public static final class Processor extends TBaseProcessor<Iface> {

			public Processor(Iface handler) {
				super(handler, Map.of("other", new Function<>("other")));
			}

		}

	}

	static final class GoneService {

		interface Iface {

			void call();

		}

		public static final class call_args extends PeerBase.ping_args {

			private static final long serialVersionUID = 1L;

			public call_args() {
				// As the JVM says it of code for a method that libthrift no longer has.
				throw new NoSuchMethodError("org.apache.thrift.Gone.gone()");
			}

		}

	}

}
