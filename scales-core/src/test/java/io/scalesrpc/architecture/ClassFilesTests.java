package io.scalesrpc.architecture;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.scalesrpc.call.Call;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClassFilesTests {

	private static final String SELF = "architecture.ClassFilesTests";

	private final ClassFiles sample = new ClassFiles(new ClassFileImporter().importClasses(Sample.class));

	@Test
	void findsImportsOfFieldsArraysAndSignaturesButNotOfThePackageItself() {
		assertThat(this.sample.imports()).isEqualTo(Map.of("architecture", Set.of("call", "time")));
	}

	@Test
	void findsUseInCallsLambdasMethodReferencesAndConstructors() {
		for (String used : List.of("java.lang.System#nanoTime", "java.lang.Thread#sleep", "java.lang.Math#random",
				"java.util.Random", "java.util", "java.util.concurrent.CompletableFuture")) {
			assertThat(this.sample.users(Set.of(used))).as(used).isEqualTo(Map.of(used, Set.of(SELF)));
		}
	}

	@Test
	void doesNotFindWhatIsNotUsed() {
		assertThat(this.sample
			.users(Set.of("java.lang.System#currentTimeMillis", "java.lang.Sys", "java.util.RandomX", "io.netty")))
			.isEmpty();
	}

	/** Uses what the tables know, each in another way. */
	static final class Sample {

		final Call @Nullable [] calls = null;

		final LongSupplier reference = System::nanoTime;

		final Callable<Boolean> lambda = () -> {
			Thread.sleep(0);
			return true;
		};

		final double number = Math.random() + new Random().nextInt();

		Timer.@Nullable Timeout signature(CompletableFuture<?>[] futures) {
			return null;
		}

	}

}
