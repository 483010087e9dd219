package io.scalesrpc.spring.test;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Gives a test its stubs, after everything else was injected, and takes them back.
 * <em>Confined to the thread of the test</em>.
 */
final class StubTestExecutionListener extends AbstractTestExecutionListener {

	private static final String MOCKITO = "org.mockito.Mockito";

	/** After dependencies were injected. */
	@Override
	public int getOrder() {
		return 2500;
	}

	@Override
	public void prepareTestInstance(TestContext context) {
		for (Object instance : instances(context)) {
			for (Field field : StubFields.of(context.getTestClass())) {
				if (field.getDeclaringClass().isInstance(instance)) {
					prepare(field, instance, context);
				}
			}
		}
	}

	@Override
	public void beforeTestMethod(TestContext context) {
		prepareTestInstance(context);
	}

	private static void prepare(Field field, Object instance, TestContext context) {
		Stub stub = stubs(context.getApplicationContext()).get(field.getAnnotation(ScalesStub.class).value());
		ReflectionUtils.makeAccessible(field);
		if (field.getType() == ScriptedServer.class) {
			ReflectionUtils.setField(field, instance, stub.scripted());
			return;
		}
		if (ReflectionUtils.getField(field, instance) == null) {
			ReflectionUtils.setField(field, instance, mock(field));
		}
		stub.handler(ReflectionUtils.getField(field, instance));
	}

	private static Object mock(Field field) {
		if (!ClassUtils.isPresent(MOCKITO, StubTestExecutionListener.class.getClassLoader())) {
			throw new IllegalStateException(
					"field: " + field + " is null (expected: a value, or Mockito on the class path)");
		}
		return Mocks.make(field.getType());
	}

	@Override
	public void afterTestMethod(TestContext context) {
		for (Field field : StubFields.of(context.getTestClass())) {
			Stub stub = stubs(context.getApplicationContext()).get(field.getAnnotation(ScalesStub.class).value());
			stub.scripted().reset();
			for (Object instance : instances(context)) {
				if (field.getType() != ScriptedServer.class && field.getDeclaringClass().isInstance(instance)
						&& ClassUtils.isPresent(MOCKITO, StubTestExecutionListener.class.getClassLoader())) {
					Mocks.reset(ReflectionUtils.getField(field, instance));
				}
			}
		}
	}

	@Override
	public void afterTestClass(TestContext context) {
		if (context.hasApplicationContext() && !StubFields.of(context.getTestClass()).isEmpty()) {
			Stubs stubs = stubs(context.getApplicationContext());
			StubFields.types(context.getTestClass()).keySet().forEach((client) -> stubs.get(client).handler(null));
		}
	}

	private static Stubs stubs(ApplicationContext context) {
		return context.getBean(Stubs.class);
	}

	/** The test, and those it is nested in. */
	private static List<Object> instances(TestContext context) {
		List<Object> instances = new ArrayList<>();
		for (Object instance = context.getTestInstance(); instance != null; instance = outer(instance)) {
			instances.add(instance);
		}
		return instances;
	}

	private static @Nullable Object outer(Object instance) {
		if (instance.getClass().getEnclosingClass() == null) {
			return null;
		}
		for (Field field : instance.getClass().getDeclaredFields()) {
			if (field.isSynthetic() && field.getType() == instance.getClass().getEnclosingClass()) {
				ReflectionUtils.makeAccessible(field);
				return ReflectionUtils.getField(field, instance);
			}
		}
		return null;
	}

	/** Loaded only where Mockito is. <em>Stateless</em>. */
	private static final class Mocks {

		static Object make(Class<?> type) {
			return Mockito.mock(type);
		}

		static void reset(@Nullable Object object) {
			if (object != null && Mockito.mockingDetails(object).isMock()) {
				Mockito.reset(object);
			}
		}

	}

}
