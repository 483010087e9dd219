package io.scalesrpc.thrift;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftMethod;
import io.scalesrpc.thrift.annotation.ThriftValue;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WrongDeclarationTests {

	private static void refused(Class<?> type, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(type))
			.withMessage(WrongDeclarationTests.class.getName() + "$" + message);
	}

	record Twice(@ThriftField(1) int first, @ThriftField(1) int second) {
	}

	record Numberless(@ThriftField(1) int first, int second) {
	}

	record Zero(@ThriftField(0) int first) {
	}

	record Dated(@ThriftField(1) Instant when) {
	}

	record Floating(@ThriftField(1) List<Float> numbers) {
	}

	record Endless(@ThriftField(value = 1, required = true) Other other) {
	}

	record Other(@ThriftField(value = 1, required = true) Endless endless) {
	}

	record Listed(@ThriftField(value = 1, required = true) List<Listed> others) {
	}

	sealed interface Gap {

		/** With an id. */
		@ThriftField(1)
		record Known(int value) implements Gap {
		}

		/** Without. */
		record Unknown(int value) implements Gap {
		}

	}

	sealed interface Wide {

		/** Two values. */
		@ThriftField(1)
		record Pair(int left, int right) implements Wide {
		}

	}

	sealed interface Circle {

		/** Itself again. */
		@ThriftField(1)
		record Round(Circle inner) implements Circle {
		}

	}

	@ThriftInterface
	interface OfCircle {

		void call(Circle value);

	}

	enum Bare {

		/** Without a number. */
		ONE

	}

	enum Same {

		/** First. */
		@ThriftValue(1)
		ONE,

		/** Again. */
		@ThriftValue(1)
		TWO

	}

	@ThriftInterface
	interface OfTwice {

		void call(Twice value);

	}

	@ThriftInterface
	interface OfNumberless {

		Numberless call();

	}

	@ThriftInterface
	interface OfZero {

		void call(Zero value);

	}

	@ThriftInterface
	interface OfDated {

		void call(Dated value);

	}

	@ThriftInterface
	interface OfFloating {

		void call(Floating value);

	}

	@ThriftInterface
	interface OfEndless {

		void call(Endless value);

	}

	@ThriftInterface
	interface OfListed {

		void call(Listed value);

	}

	@ThriftInterface
	interface OfGap {

		void call(Gap value);

	}

	@ThriftInterface
	interface OfWide {

		void call(Wide value);

	}

	@ThriftInterface
	interface OfBare {

		void call(Bare value);

	}

	@ThriftInterface
	interface OfSame {

		void call(Same value);

	}

	@ThriftInterface
	interface OfFuture {

		CompletableFuture<String> call();

	}

	@ThriftInterface
	interface OfKotlin {

		Object call(String text, Continuation<? super String> rest);

	}

	sealed interface Mixed {

		/** No record. */
		@ThriftField(1)
		final class Plain implements Mixed {

		}

	}

	@ThriftInterface
	interface OfMixed {

		void call(Mixed value);

	}

	static final class Hidden {

		Hidden(@ThriftField(1) int value) {
		}

	}

	@ThriftInterface
	interface OfHidden {

		void call(Hidden value);

	}

	static final class Otherwise {

		Otherwise(@ThriftField(1) String value) {
		}

		int value() {
			return 1;
		}

	}

	@ThriftInterface
	interface OfOtherwise {

		void call(Otherwise value);

	}

	@ThriftInterface
	static class OfClass {

	}

	@ThriftInterface
	interface OfParameters {

		void call(@ThriftField(3) int first, @ThriftField(3) int second);

	}

	@ThriftInterface
	interface OfOneway {

		@ThriftMethod(oneway = true)
		int call();

	}

	@ThriftInterface
	interface OfOverload {

		int call();

		int call(int value);

	}

	@ThriftInterface
	interface OfException {

		int call() throws java.io.IOException;

	}

	@Test
	void stopTheStart() {
		refused(OfTwice.class, "Twice.second: id 1 a second time (expected: one for each field)");
		refused(OfNumberless.class,
				"Numberless.second: without an id (expected: @ThriftField with the id of the field)");
		refused(OfZero.class, "Zero.first: id 0 (expected: 1 to 32767)");
		refused(OfDated.class, "Dated.when: java.time.Instant, not a type of Thrift (expected: long, in milliseconds)");
		refused(OfFloating.class, "Floating.numbers: java.lang.Float, not a type of Thrift (expected: Double)");
		refused(OfGap.class, "Gap$Unknown: a member of the union " + Gap.class.getName()
				+ " without an id (expected: @ThriftField at the record)");
		refused(OfWide.class, "Wide$Pair: not a member of a union, " + Wide.class.getName()
				+ " (expected: a record with one component)");
		refused(OfMixed.class, "Mixed$Plain: not a member of a union, " + Mixed.class.getName()
				+ " (expected: a record with one component)");
		refused(OfHidden.class, "Hidden.value: no accessor (expected: a method value() or getValue(); and names of"
				+ " parameters, which javac -parameters keeps)");
		refused(OfOtherwise.class, "Otherwise.value: its accessor returns int (expected: java.lang.String)");
		refused(OfClass.class, "OfClass: a class (expected: an interface)");
		refused(OfParameters.class, "OfParameters.call(second): id 3 a second time (expected: one for each field)");
		refused(OfBare.class,
				"Bare.ONE: without a number (expected: @ThriftValue, as the order of constants may change)");
		refused(OfSame.class, "Same.TWO: number 1 a second time (expected: one for each constant)");
		refused(OfOneway.class, "OfOneway.call: oneway, with a result or exceptions (expected: void, and none)");
		refused(OfOverload.class, "OfOverload.call: two methods of this name (expected: one; Thrift has no overloads)");
	}

	@Test
	void onlyStructsThatNeedThemselvesAreEndless() {
		refused(OfEndless.class, "Endless: needs one of itself, in " + Other.class.getName()
				+ " (expected: a field that is not required, or a List)");
		refused(OfCircle.class, "Circle: needs one of itself (expected: a member of another type)");
		assertThat(ThriftService.of(OfListed.class).methods()).hasSize(1);
	}

	interface Both extends OfTwice, OfZero {

	}

	@Test
	void aClientHasOneService() {
		refused(Both.class, "Both: extends several Thrift services, [" + OfTwice.class.getName() + ", "
				+ OfZero.class.getName() + "] (expected: one; split the interface)");
	}

	@Test
	void suspendFunctionsOfKotlinAreForClients() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(OfKotlin.class))
			.withMessageContaining(
					"OfKotlin.call(rest): kotlin.coroutines.Continuation<? super java.lang.String>, not a"
							+ " type of Thrift (expected: the type itself; futures and suspend functions are for an interface of"
							+ " the client, which names this one as its service)");
	}

	@Test
	void typesOfTheJdkAreNoStructs() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(OfFuture.class))
			.withMessageContaining("OfFuture.call: java.util.concurrent.CompletableFuture<java.lang.String>, not a"
					+ " type of Thrift (expected: the type itself; futures and suspend functions are for an interface");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(OfException.class))
			.withMessageContaining("OfException.call: java.io.IOException, not a type of Thrift");
	}

}
